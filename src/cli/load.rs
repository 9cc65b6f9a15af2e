//! From paths to plans: reads files, and puts each part into the plan of its root.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::many::each;
use super::progress::Progress;
use crate::model::{self, Input, Operations, Plan};
use crate::source::{FileId, MAX_MEGABYTES, Source, Sources, discover, display_name, is_plan_file, matching_files};
use crate::spec::{self, Fault, FaultKind, File};

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The text of every file.
    pub sources: Sources,
    /// Every plan, in the order of the paths.
    pub plans: Vec<Plan>,
    /// Why files could not be read, a sentence each.
    pub unread: Vec<String>,
}

/// Reads the plans at the paths: files, folders, and `-` for standard input.
pub fn load(paths: &[PathBuf]) -> Loaded {
    load_without(paths, MAX_MEGABYTES, |_| false)
}

/// As [`load`], of files of so many megabytes at most, and without what is left out of folders.
pub(super) fn load_without(paths: &[PathBuf], megabytes: u64, is_left_out: impl Fn(&Path) -> bool) -> Loaded {
    let mut loader = Loader { megabytes, ..Loader::default() };
    let mut wanted = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            loader.read_standard_input();
            continue;
        }
        match discover(path) {
            Ok(files) if files.is_empty() => {
                loader.unread.push(format!("no plan in {}: the name of a plan ends in .flow.yaml or .flow.yml", display_name(path)));
            }
            Ok(files) if path.is_file() => wanted.extend(files),
            Ok(files) => {
                let before = wanted.len();
                wanted.extend(files.into_iter().filter(|file| !is_left_out(file)));
                if wanted.len() == before {
                    loader.unread.push(format!("no plan in {}: the configuration leaves all of them out", display_name(path)));
                }
            }
            Err(error) => loader.unread.push(error.to_string()),
        }
    }
    loader.plans_of(&wanted);
    let progress = Progress::new("Built", loader.inputs.len());
    let plans = each(loader.inputs, |input| {
        let plan = model::build(input);
        progress.step();
        plan
    });
    Loaded { sources: loader.sources, plans, unread: loader.unread }
}

/// A file with its form.
#[derive(Debug)]
struct Read {
    id: FileId,
    form: File,
    faults: Vec<Fault>,
}

#[derive(Default)]
struct Loader {
    /// The largest file that is read.
    megabytes: u64,
    sources: Sources,
    /// What each plan is built from.
    inputs: Vec<Input>,
    unread: Vec<String>,
    /// Files by their place on the disk, each read once; nothing for one that could not be.
    read: HashMap<PathBuf, Option<Read>>,
    /// The files that a root names, by the root's place.
    parts: HashMap<PathBuf, Vec<PathBuf>>,
    /// Where the files lie that a root names, by the root's place.
    places_of_parts: HashMap<PathBuf, HashSet<PathBuf>>,
    /// The files of a folder that name parts.
    roots: HashMap<PathBuf, Vec<PathBuf>>,
}

impl Loader {
    fn read_standard_input(&mut self) {
        match Source::from_reader("<stdin>", std::io::stdin().lock(), self.megabytes) {
            Ok(source) => {
                let id = self.sources.add(source);
                let (form, faults) = spec::read::<File>(id, self.sources.get(id).text());
                self.add_plan(Path::new("."), vec![Read { id, form, faults }]);
            }
            Err(error) => self.unread.push(error.to_string()),
        }
    }

    /// Makes the plans of these files: of each root with its parts, of each part within its root, of each other file by itself.
    fn plans_of(&mut self, wanted: &[PathBuf]) {
        let mut roots: Vec<PathBuf> = Vec::new();
        let mut places_of_roots: HashSet<PathBuf> = HashSet::new();
        let mut named: HashSet<PathBuf> = HashSet::new();
        self.read_files(wanted);
        for path in wanted {
            if self.is_root(path) {
                named.extend(self.parts_of(path).iter().map(|part| place(part)));
            }
        }
        for path in wanted {
            let own_root = if named.contains(&place(path)) || self.is_root(path) { None } else { self.root_above(path) };
            let root = match own_root {
                Some(root) => root,
                None if named.contains(&place(path)) => continue,
                None => path.clone(),
            };
            if places_of_roots.insert(place(&root)) {
                roots.push(root);
            }
        }
        for root in roots {
            let parts = if self.is_root(&root) { self.parts_of(&root) } else { Vec::new() };
            let files: Vec<Read> = std::iter::once(&root).chain(&parts).filter_map(|path| self.take(path)).collect();
            if !files.is_empty() {
                self.add_plan(root.parent().unwrap_or(Path::new(".")), files);
            }
        }
    }

    fn read_file(&mut self, path: &Path) {
        self.read_files(&[path.to_path_buf()]);
    }

    /// Reads files that were not read yet, several at once; their numbers follow the order of the paths.
    fn read_files(&mut self, paths: &[PathBuf]) {
        let mut seen = HashSet::new();
        let new: Vec<(PathBuf, &PathBuf)> = paths
            .iter()
            .map(|path| (place(path), path))
            .filter(|(place, _)| !self.read.contains_key(place) && seen.insert(place.clone()))
            .collect();
        let megabytes = self.megabytes;
        let progress = Progress::new("Read", new.len());
        let texts = each(new.iter().map(|(_, path)| *path).collect(), |path| {
            let source = Source::read_up_to(path, megabytes);
            progress.step();
            source
        });
        let mut ids: Vec<(PathBuf, FileId)> = Vec::new();
        for ((place, _), text) in new.into_iter().zip(texts) {
            match text {
                Ok(source) => ids.push((place, self.sources.add(source))),
                Err(error) => {
                    self.unread.push(error.to_string());
                    self.read.insert(place, None);
                }
            }
        }
        let sources = &self.sources;
        let read = each(ids, |(place, id)| {
            let (form, faults) = spec::read::<File>(id, sources.get(id).text());
            (place, Some(Read { id, form, faults }))
        });
        self.read.extend(read);
    }

    fn get(&self, path: &Path) -> Option<&Read> {
        self.read.get(&place(path)).and_then(Option::as_ref)
    }

    fn is_root(&self, path: &Path) -> bool {
        self.get(path).is_some_and(|read| !read.form.parts.is_empty())
    }

    /// The files that a root names, without the root itself. A pattern that finds nothing is a fault of the root.
    fn parts_of(&mut self, root: &Path) -> Vec<PathBuf> {
        if let Some(known) = self.parts.get(&place(root)) {
            return known.clone();
        }
        let folder = root.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let patterns = self.get(root).map(|read| read.form.parts.clone()).unwrap_or_default();
        let own = place(root);
        let mut files: Vec<PathBuf> = Vec::new();
        let mut places: HashSet<PathBuf> = HashSet::new();
        for pattern in patterns {
            let problem = match matching_files(folder, &pattern.text) {
                Ok(found) if found.is_empty() => Some(format!("no file below {} fits `{pattern}`", display_name(folder))),
                Ok(found) => {
                    files.extend(found.into_iter().filter(|file| {
                        let place = place(file);
                        place != own && places.insert(place)
                    }));
                    None
                }
                Err(error) => Some(format!("`{pattern}` is no pattern of files: {error}")),
            };
            if let Some(problem) = problem {
                let help = "Write paths from this file's folder, with `*` for any name and `**` for any folders: `journeys/*.flow.yaml`.";
                self.fault(root, pattern.span, problem, help);
            }
        }
        self.read_files(&files);
        for file in &files {
            if let Some(span) = self.get(file).and_then(|read| read.form.parts.first()).map(|pattern| pattern.span) {
                self.fault(file, span, "a part names parts of its own".to_owned(), "Name all files in the root's `parts`.");
            }
        }
        self.parts.insert(own.clone(), files.clone());
        self.places_of_parts.insert(own, places);
        files
    }

    fn fault(&mut self, file: &Path, span: crate::source::Span, problem: String, help: &str) {
        if let Some(Some(read)) = self.read.get_mut(&place(file)) {
            read.faults.push(Fault::new(span, FaultKind::Conflict { problem, help: help.to_owned() }));
        }
    }

    /// The root that names a file, in the nearest folder upwards that has one.
    fn root_above(&mut self, path: &Path) -> Option<PathBuf> {
        let own = place(path);
        for folder in own.ancestors().skip(1) {
            for root in self.roots_in(folder, path, &own) {
                let root_place = place(&root);
                if root_place == own {
                    continue;
                }
                if !self.parts.contains_key(&root_place) {
                    self.parts_of(&root);
                }
                if self.places_of_parts.get(&root_place).is_some_and(|places| places.contains(&own)) {
                    return Some(root);
                }
            }
            // A repository is a whole of its own.
            if folder.join(".git").exists() {
                break;
            }
        }
        None
    }

    /// The files of a folder that name parts, each folder looked at once. They are called in the way in which the file was called.
    fn roots_in(&mut self, folder: &Path, path: &Path, own: &Path) -> Vec<PathBuf> {
        if let Some(known) = self.roots.get(folder) {
            return known.clone();
        }
        let mut roots = Vec::new();
        for candidate in plans_in(folder) {
            let shown = shown_like(path, own, &candidate);
            let mentions_parts = || Source::read_up_to(&candidate, self.megabytes).is_ok_and(|source| source.text().contains("parts"));
            if self.get(&shown).is_none() && !mentions_parts() {
                continue;
            }
            self.read_file(&shown);
            if self.is_root(&shown) {
                roots.push(shown);
            }
        }
        self.roots.insert(folder.to_path_buf(), roots.clone());
        roots
    }

    fn take(&mut self, path: &Path) -> Option<Read> {
        let read = self.get(path)?;
        Some(Read { id: read.id, form: read.form.clone(), faults: read.faults.clone() })
    }

    fn add_plan(&mut self, folder: &Path, files: Vec<Read>) {
        let operations = self.operations(folder, &files);
        let mut input = Input { operations, ..Input::default() };
        for file in files {
            input.files.push((file.id, file.form));
            input.faults.extend(file.faults);
        }
        self.inputs.push(input);
    }

    /// Reads the API documents that actions name, from the folder of the plan or of the file that names them.
    fn operations(&self, folder: &Path, files: &[Read]) -> Operations {
        let mut operations = Operations::new();
        for file in files {
            let own_folder = self.sources.get(file.id).path().and_then(Path::parent);
            let named = file.form.backend.iter().filter_map(|(_, action)| action.operation.as_ref());
            for document in named.filter_map(|operation| operation.text.split_once('#')).map(|(document, _)| document) {
                if operations.contains_key(document) {
                    continue;
                }
                let found = own_folder.into_iter().chain([folder]).map(|folder| folder.join(document)).find(|path| path.is_file());
                if let Some(path) = found {
                    let read = Source::read_up_to(&path, self.megabytes).map_err(|error| error.to_string());
                    operations.insert(document.to_owned(), read.and_then(|source| spec::operation_ids(source.text())));
                }
            }
        }
        operations
    }
}

/// Where a file lies, whatever it is called on the command line.
fn place(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// A root above a file, named in the way in which the file was named.
fn shown_like(path: &Path, own: &Path, root: &Path) -> PathBuf {
    let Some(folder) = root.parent() else { return root.to_path_buf() };
    let depth = own.strip_prefix(folder).map_or(0, |below| below.components().count());
    let above = path
        .ancestors()
        .nth(depth)
        .filter(|above| place(above) == folder || (above.as_os_str().is_empty() && place(Path::new(".")) == folder));
    above.map_or_else(|| root.to_path_buf(), |above| above.join(root.file_name().unwrap_or_default()))
}

fn plans_in(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut plans: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(|path| is_plan_file(path) && path.is_file()).collect();
    plans.sort();
    plans
}
