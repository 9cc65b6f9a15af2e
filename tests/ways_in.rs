//! The first minutes of a team: a plan to begin with, a shell that completes, a hook, a step of a job.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::common::{command, folder_with, missing, root, run};

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is open in a plan: the rules that speak; and the exit code.
fn open(folder: &Path, file: &str) -> (Vec<String>, Option<i32>) {
    let output = run(folder, &["validate", file, "--format", "json", "--no-config", "--today", "2026-11-22"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let rules = report["findings"].as_array().expect("findings").iter().map(|finding| finding["rule"].as_str().unwrap_or("").to_owned());
    (rules.collect(), output.status.code())
}

#[test]
fn every_template_holds_but_for_its_questions_and_nothing_is_written_over() {
    let folder = folder_with(&[]);
    let mut program = flowcheck::cli::command();
    program.build();
    let template = program.find_subcommand("init").expect("it is there").get_positionals().next().expect("it is there").clone();
    let names: Vec<String> = template.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    assert_eq!(names, ["order-and-pay", "booking", "membership", "internal-approval", "ticket", "blank"]);
    for name in names {
        let file = format!("{name}.flow.yaml");
        let output = run(folder.path(), &["init", &name]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains(&format!("`flowcheck validate {file}`")));
        let (rules, code) = open(folder.path(), &file);
        assert!(code == Some(0) && rules.iter().all(|rule| rule == "open-question"), "{name}: {rules:?}");
        std::fs::write(folder.path().join(&file), "mine").expect("written");
        assert_eq!(run(folder.path(), &["init", &name]).status.code(), Some(2));
        assert_eq!(std::fs::read_to_string(folder.path().join(&file)).expect("there"), "mine");
    }
    assert_eq!(run(folder.path(), &["init", "blank", "-o", "other.flow.yaml"]).status.code(), Some(0));
    assert!(folder.path().join("other.flow.yaml").exists());
}

fn answer(folder: &Path, answers: &str) -> Output {
    let mut child = command(folder, &["init", "-o", "plan.flow.yaml"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("starts");
    let _ = child.stdin.take().expect("piped").write_all(answers.as_bytes());
    child.wait_with_output().expect("ends")
}

#[test]
fn four_answers_make_a_plan_without_errors() {
    let all = ["browse", "submit", "book", "pay"];
    for chosen in 0..16_usize {
        let stages: Vec<&str> = all.iter().enumerate().filter(|(index, _)| chosen & (1 << index) != 0).map(|(_, stage)| *stage).collect();
        let folder = folder_with(&[]);
        let output = answer(
            folder.path(),
            &format!("Somebody has a \"mat\": at 5, and 100 %\nMember, Yoga teacher\nwebsite, counter\n{}\n", stages.join(", ")),
        );
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        let (rules, code) = open(folder.path(), "plan.flow.yaml");
        // What else was named is not used yet: that is what to answer next.
        assert!(
            code == Some(0) && rules.iter().all(|rule| rule == "open-question" || rule == "unused-declaration"),
            "{stages:?}: {rules:?}"
        );
    }
    let folder = folder_with(&[]);
    assert_eq!(answer(folder.path(), "A coffee\n").status.code(), Some(0), "what is not answered has a word of ours");
    assert_eq!(open(folder.path(), "plan.flow.yaml").1, Some(0));
    let nothing = answer(folder_with(&[]).path(), "");
    assert_eq!(nothing.status.code(), Some(2));
    assert!(text(&nothing.stderr).contains("nothing was answered"));
}

/// Where a program lies, if the machine has it.
fn which(name: &str) -> Option<PathBuf> {
    std::env::split_paths(&std::env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

#[test]
fn completions_load_in_the_shells_that_are_here() {
    let folder = folder_with(&[]);
    let shells: [(&str, &str); 3] = [
        ("bash", "source ./script && complete -p flowcheck"),
        ("zsh", "autoload -U compinit && compinit -D && source ./script && (( $+functions[_flowcheck] ))"),
        ("fish", "source ./script; and complete -C 'flowcheck val' | string match -q 'validate*'"),
    ];
    for (shell, check) in shells {
        let script = run(folder.path(), &["completions", shell]);
        assert_eq!(script.status.code(), Some(0));
        std::fs::write(folder.path().join("script"), &script.stdout).expect("written");
        assert!(text(&script.stdout).contains("--write-baseline") || shell == "fish" && text(&script.stdout).contains("write-baseline"));
        let Some(program) = which(shell) else {
            missing(shell);
            continue;
        };
        let loaded = Command::new(program).args(["-c", check]).current_dir(folder.path()).output().expect("it runs");
        assert!(loaded.status.success(), "{shell}: {}", text(&loaded.stderr));
    }
}

#[test]
fn every_command_has_a_manual_page_that_names_its_flags() {
    let mut program = flowcheck::cli::command();
    program.build();
    assert!(text(&run(root(), &["man"]).stdout).contains("Exit codes"));
    for command in program.get_subcommands() {
        let output = run(root(), &["man", command.get_name()]);
        let page = text(&output.stdout).replace('\\', "");
        assert_eq!(output.status.code(), Some(0));
        assert!(page.contains(&format!("flowcheck-{}", command.get_name())), "{page}");
        for flag in command.get_arguments().filter_map(clap::Arg::get_long) {
            assert!(page.contains(&format!("--{flag}")), "{}: --{flag}", command.get_name());
        }
    }
    assert_eq!(run(root(), &["man", "nothing"]).status.code(), Some(2));
}

fn yaml(path: &str) -> serde_yaml::Value {
    serde_yaml::from_str(&std::fs::read_to_string(root().join(path)).expect("there")).expect("YAML")
}

#[test]
fn the_action_runs_its_own_script() {
    let action = yaml("action.yml");
    let check = &action["runs"]["steps"][1];
    let script = check["run"].as_str().expect("a script");
    assert!(!script.contains("${{"), "values are given as variables");
    let folder =
        folder_with(&[("plans/a.flow.yaml", "flowcheck: 1\njourney: a\nstages:\n  entry:\n    open: {screen: Home, next: menu}\n")]);
    let bin = folder.path().join("temp/flowcheck/bin");
    std::fs::create_dir_all(&bin).expect("made");
    std::fs::copy(env!("CARGO_BIN_EXE_flowcheck"), bin.join("flowcheck")).expect("copied");
    let Some(bash) = which("bash") else { return missing("bash") };
    let output = Command::new(bash)
        .args(["-e", "-c", script])
        .current_dir(folder.path())
        .envs([("RUNNER_TEMP", folder.path().join("temp")), ("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))])
        .envs([("PATHS", "plans"), ("ARGUMENTS", "--strict --only language"), ("SARIF", "out.sarif"), ("GITHUB_ACTIONS", "true")])
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("::error file=plans/a.flow.yaml,"));
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("written");
    assert!(read("summary.md").starts_with("## flowcheck") && read("out.sarif").contains("2.1.0"));
}

#[test]
fn the_hook_of_pre_commit_refuses_a_broken_plan() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    assert!(hooks.as_sequence().is_some_and(|hooks| hooks.iter().all(|hook| hook["entry"] == "flowcheck validate")));
    if let Some(tool) = ["pre-commit", "git"].into_iter().find(|tool| which(tool).is_none()) {
        return missing(tool);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let (hooks, team) = (folder.path().join("hooks"), folder.path().join("team"));
    let git = |at: &Path, arguments: &[&str]| {
        let who = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.org", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(who).args(arguments).current_dir(at).output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", text(&output.stderr));
        text(&output.stdout).trim().to_owned()
    };
    for repository in [&hooks, &team] {
        std::fs::create_dir(repository).expect("made");
        git(repository, &["init", "--quiet"]);
    }
    std::fs::copy(root().join(".pre-commit-hooks.yaml"), hooks.join(".pre-commit-hooks.yaml")).expect("copied");
    git(&hooks, &["add", "."]);
    git(&hooks, &["commit", "--quiet", "-m", "Hooks"]);
    let revision = git(&hooks, &["rev-parse", "HEAD"]);
    let config = format!("repos:\n- repo: {}\n  rev: {revision}\n  hooks: [{{id: flowcheck-installed}}]\n", hooks.display());
    std::fs::write(team.join(".pre-commit-config.yaml"), config).expect("written");
    std::fs::write(team.join("notes.yaml"), "not: a plan\n").expect("written");
    let rule = flowcheck::rules::find("unused-decision").expect("it is there");
    let page = rule.read_page();
    let clean = page.section("Use instead").expect("it is there").fences[0].text;
    let hook = |plan: &str| {
        std::fs::write(team.join("a.flow.yaml"), plan).expect("written");
        git(&team, &["add", "."]);
        let program = Path::new(env!("CARGO_BIN_EXE_flowcheck")).parent().expect("a folder").to_path_buf();
        let path = std::env::join_paths(std::iter::once(program).chain(std::env::split_paths(&std::env::var_os("PATH").expect("a path"))))
            .expect("a path");
        let mut run = Command::new("pre-commit");
        run.args(["run", "--color", "never"]).current_dir(&team).env("PATH", path).env("PRE_COMMIT_HOME", folder.path().join("home"));
        let output = run.output().expect("it runs");
        (output.status.code(), text(&output.stdout))
    };
    let (code, said) = hook(clean);
    assert!(code == Some(0) && said.contains("Passed"), "{said}");
    let (code, said) = hook(&clean.replace("Leave: left", "Leave: lft"));
    assert!(code == Some(1) && said.contains("`lft`"), "{said}");
}
