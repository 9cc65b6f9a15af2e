//! Policies, held against an account of small random plans that goes every way, and judges each run as textbooks do.

mod slow;
mod small;
mod textbook;

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use flowcheck::analysis::{Counter, Event, Judge, Limits, Verdict};
use flowcheck::model::{self, Cause, Id as _, Input, Plan};
use flowcheck::source::{Source, Sources};
use flowcheck::spec::{self, File};

use crate::generate::Choices;
use slow::{Now, Slow};
use small::{Atom, Law, Small};
use textbook::{Shape, Thing, is_good};

fn plan(text: &str) -> Plan {
    let mut sources = Sources::default();
    let file = sources.add(Source::from_text("plan.flow.yaml", text));
    let (form, faults) = spec::read::<File>(file, text);
    let plan = model::build(Input { files: vec![(file, form)], faults, ..Input::default() });
    assert!(plan.faults.is_empty(), "{:?}\n{text}", plan.faults);
    plan
}

/// What happened at each moment of a run.
type Run = Vec<BTreeSet<Atom>>;

/// The kinds of things, in the order in which they follow from each other at one moment.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Outcome,
    State,
    Guest,
    Clerk,
}

impl Kind {
    fn of(atom: Atom, guests: usize) -> Self {
        match atom {
            Atom::Outcome(..) => Self::Outcome,
            Atom::State(_) => Self::State,
            Atom::Step(step) if step >= guests => Self::Clerk,
            Atom::Step(_) | Atom::Success => Self::Guest,
        }
    }

    fn rank(self) -> u8 {
        match self {
            Self::Outcome => 0,
            Self::State => 1,
            Self::Guest | Self::Clerk => 2,
        }
    }
}

/// A law as it looks at moments.
struct Looks<'l> {
    law: &'l Law,
    guests: usize,
    others: BTreeSet<Kind>,
    shape: Shape,
}

impl<'l> Looks<'l> {
    fn new(law: &'l Law, guests: usize) -> Self {
        let kinds = |place: usize| law.places.get(place).into_iter().flatten().map(|atom| Kind::of(*atom, guests)).collect::<BTreeSet<_>>();
        let rank = |place: usize| kinds(place).into_iter().map(Kind::rank).max();
        let (first, second) = (rank(0), rank(1));
        let (others, other) = match law.template {
            "init" => (kinds(0), (Thing::A, false)),
            "chain-response" => (kinds(1), (Thing::A, second <= first)),
            "chain-precedence" => (kinds(0), (Thing::B, first < second)),
            _ => (BTreeSet::new(), (Thing::A, false)),
        };
        let shape = Shape {
            template: law.template,
            after: !law.after.is_empty(),
            before: !law.before.is_empty(),
            same_kind: first == second,
            other,
        };
        Self { law, guests, others, shape }
    }

    fn things(&self, moment: &BTreeSet<Atom>) -> Vec<Thing> {
        let meets = |atoms: &[Atom]| atoms.iter().any(|atom| moment.contains(atom));
        let own = |atom: &Atom| self.law.places.iter().flatten().any(|it| it == atom);
        // An end is a step as well: where it is meant, that step is.
        let is_end = |atom: &Atom| matches!(atom, Atom::Step(_)) && moment.contains(&Atom::Success) && own(&Atom::Success);
        let other = moment.iter().any(|atom| {
            self.others.contains(&Kind::of(*atom, self.guests))
                && *atom != Atom::Success
                && !own(atom)
                && !(is_end(atom) && self.is_guest(*atom))
        });
        let places = [self.law.places.first(), self.law.places.get(1)].map(|place| place.is_some_and(|atoms| meets(atoms)));
        let all = [
            (places[0], Thing::A),
            (places[1], Thing::B),
            (other, Thing::Other),
            (meets(&self.law.after), Thing::After),
            (meets(&self.law.before), Thing::Before),
        ];
        all.into_iter().filter(|(is, _)| *is).map(|(_, thing)| thing).collect()
    }

    fn is_guest(&self, atom: Atom) -> bool {
        matches!(atom, Atom::Step(step) if step < self.guests)
    }

    /// The moments at which something happens that the law speaks of.
    fn look(&self, run: &[BTreeSet<Atom>]) -> Vec<Vec<Thing>> {
        run.iter().map(|moment| self.things(moment)).filter(|things| !things.is_empty()).collect()
    }

    /// Whether a run makes a policy without a scope ask for something, or begins the scope of one that always asks.
    fn asks(&self, row: &[Vec<Thing>]) -> bool {
        let happens = |thing: Thing| row.iter().any(|things| things.contains(&thing));
        let is_scoped = self.shape.after || self.shape.before;
        match self.law.template {
            "precedence" | "chain-precedence" => !is_scoped && happens(Thing::B),
            "coexistence" | "not-coexistence" => !is_scoped && (happens(Thing::A) || happens(Thing::B)),
            "existence" | "absence" | "exactly-once" | "init" | "exclusive-choice" | "possible" => {
                !self.shape.before && happens(Thing::After)
            }
            _ => !is_scoped && happens(Thing::A),
        }
    }

    /// Whether it says what must not be, so that a run that breaks it breaks it however it goes on.
    fn only_forbids(&self) -> bool {
        let forbids = ["absence", "init", "precedence", "chain-precedence", "not-coexistence", "not-succession"];
        forbids.contains(&self.law.template)
    }
}

/// Runs, the short ones all, and some long ones; each with whether nothing more can happen at its end.
struct Runs {
    runs: Vec<(Run, bool)>,
    is_complete: bool,
}

const LONGEST: usize = 14;

impl Runs {
    fn new(small: &Small, seed: u64) -> Self {
        let slow = Slow(small);
        let mut moves: HashMap<Now, Vec<slow::Move>> = HashMap::new();
        let mut found = Self { runs: Vec::new(), is_complete: true };
        let mut queue: VecDeque<(Run, Now)> = VecDeque::from([(Vec::new(), slow.start())]);
        while let Some((run, now)) = queue.pop_front() {
            if found.runs.len() >= 220 {
                found.is_complete = false;
                break;
            }
            let next = moves.entry(now.clone()).or_insert_with(|| slow.moves(&now)).clone();
            found.runs.push((run.clone(), next.is_empty()));
            found.is_complete &= next.is_empty() || run.len() < LONGEST;
            for (_, seen, to) in next.into_iter().filter(|_| run.len() < LONGEST) {
                queue.push_back(([&run[..], &[seen]].concat(), to));
            }
        }
        let mut choices = Choices::new(seed);
        for _ in 0..60 {
            let (mut run, mut now) = (Vec::new(), slow.start());
            for _ in 0..LONGEST {
                let next = moves.entry(now.clone()).or_insert_with(|| slow.moves(&now));
                if next.is_empty() {
                    break;
                }
                let (_, moment, to) = choices.pick(next).clone();
                run.push(moment);
                now = to;
            }
            let is_over = slow.moves(&now).is_empty();
            found.runs.push((run, is_over));
        }
        found
    }
}

/// The events of a way against a policy, as the slow account names them.
fn names(plan: &Plan, counter: &Counter) -> Vec<String> {
    let name = |event: &Event| match event {
        Event::Begins(step) => format!("begin p{}", step.index()),
        Event::Asks(step, action) => format!("ask p{} a{}", step.index(), action.index()),
        Event::Leaves => "leave".to_owned(),
        Event::Answer(outcome) => format!("answer a{}.o{}", outcome.action.index(), outcome.index),
        Event::Timeout(state) => format!("timeout s{}", state.index),
        Event::Way(way) => {
            let way = plan.way(*way);
            let cause = match &way.cause {
                Cause::Choice(label) => label.clone(),
                Cause::Outcome(outcome) => format!("a{}.o{}", outcome.action.index(), outcome.index),
                other => panic!("{other:?}"),
            };
            format!("p{} {cause} p{}", way.from.index(), way.to.index())
        }
        other => panic!("{other:?}"),
    };
    counter.run.events.iter().map(|(_, event)| name(event)).collect()
}

/// Goes the way that was found against a policy. A way that begins because of what happened before is no move of its own.
fn replay(small: &Small, names: &[String]) -> Vec<(Run, Now)> {
    let slow = Slow(small);
    let mut here = vec![(Vec::new(), slow.start())];
    for name in names {
        let mut next: Vec<(Run, Now)> = Vec::new();
        for (run, now) in &here {
            let triggered = run.last().is_some_and(|moment: &BTreeSet<Atom>| moment.contains(&Atom::Step(small.guests)));
            if *name == format!("begin p{}", small.guests) && triggered {
                next.push((run.clone(), now.clone()));
            }
            // An answer that changes nothing that is looked at is not told.
            let answer = name.split(' ').nth(1).map(|outcome| format!("answer {outcome}"));
            let answered = slow.moves(now).into_iter().filter(|(of, ..)| Some(of) == answer.as_ref()).map(|(_, seen, to)| (vec![seen], to));
            for (silent, now) in answered.chain([(Vec::new(), now.clone())]) {
                for (_, seen, to) in slow.moves(&now).into_iter().filter(|(of, ..)| of == name) {
                    next.push(([&run[..], &silent, &[seen]].concat(), to));
                }
            }
        }
        here = next;
    }
    here
}

/// Whether the run is bad already, or can become good no more: as far as can be seen from there in some moves.
fn is_lost(small: &Small, looks: &Looks<'_>, run: &Run, now: &Now) -> bool {
    let slow = Slow(small);
    let mut open = VecDeque::from([(run.clone(), now.clone(), 0)]);
    let mut seen: BTreeSet<(Vec<Vec<Thing>>, Now)> = BTreeSet::new();
    while let Some((run, now, depth)) = open.pop_front() {
        let row = looks.look(&run);
        if is_good(looks.shape, &row) {
            return false;
        }
        if depth < 5 && seen.len() < 300 && seen.insert((row, now.clone())) {
            open.extend(slow.moves(&now).into_iter().map(|(_, moment, to)| ([&run[..], &[moment]].concat(), to, depth + 1)));
        }
    }
    true
}

#[test]
fn policies_of_random_plans_are_judged_as_by_going_every_way() {
    let mut judged: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut wrong: Vec<String> = Vec::new();
    for seed in 0..900 {
        let small = Small::new(seed);
        let laws = small.laws(seed, 12);
        let text = small.text(&laws);
        let plan = plan(&text);
        let judge = Judge::new(&plan, Limits::default());
        let runs = Runs::new(&small, seed);
        for (law, (_, policy)) in laws.iter().zip(plan.policies.iter()) {
            let verdict = judge.verdict(policy).expect("a policy that could be read");
            *judged.entry(word(&verdict)).or_default() += 1;
            if let Err(why) = hold_against(&small, &plan, &runs, law, &verdict) {
                wrong.push(format!("seed {seed}: {why}\n{law:?}: {verdict:?}\n{text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} disagree; the first:\n{}", wrong.len(), wrong[0]);
    let all: usize = judged.values().sum();
    assert!(all > 10_000 && judged.values().all(|count| *count > 100) && judged.len() == 4, "{judged:?}");
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Patience(_) => "patience",
        Verdict::Vacuous(_) => "vacuous",
        Verdict::Violated(_) => "violated",
        Verdict::Inconclusive(_) => "inconclusive",
    }
}

/// Holds a verdict against the runs of the slow account; what is wrong with it where they disagree.
fn hold_against(small: &Small, plan: &Plan, runs: &Runs, law: &Law, verdict: &Verdict) -> Result<(), String> {
    let looks = Looks::new(law, small.guests);
    let rows: BTreeSet<(Vec<Vec<Thing>>, bool)> = runs.runs.iter().map(|(run, is_over)| (looks.look(run), *is_over)).collect();
    let check = |is_so: bool, why: &str| if is_so { Ok(()) } else { Err(why.to_owned()) };
    if law.template == "possible" {
        // What happens once has happened, however the run goes on.
        let is_possible = rows.iter().any(|(row, _)| !looks.shape.before && row_has(&looks, row));
        return match verdict {
            Verdict::Violated(_) => check(!is_possible, "there is a way"),
            _ => check(is_possible || !runs.is_complete || looks.shape.before, "there is no way"),
        };
    }
    if let Verdict::Violated(counter) = verdict {
        let names = names(plan, counter);
        let ends = replay(small, &names);
        check(!ends.is_empty(), &format!("nobody can go {names:?}"))?;
        return check(ends.iter().any(|(run, now)| is_lost(small, &looks, run, now)), &format!("{names:?} is not against it"));
    }
    if let Verdict::Patience(counter) = verdict {
        let names = names(plan, counter);
        let waits = |ends: &[(Run, Now)]| ends.iter().any(|(run, _)| !is_good(looks.shape, &looks.look(run)));
        check(waits(&replay(small, &names)), &format!("nobody waits after {names:?}"))?;
        let before = &names[..counter.again_from.unwrap_or(names.len())];
        check(waits(&replay(small, before)), &format!("nobody waits after {before:?}"))?;
    }
    if let Verdict::Vacuous(_) = verdict {
        check(!rows.iter().any(|(row, _)| looks.asks(row)), "it asks for something")?;
    }
    let counts = |is_over: bool| is_over || looks.only_forbids();
    for (row, _) in rows.iter().filter(|(_, is_over)| counts(*is_over)) {
        check(is_good(looks.shape, row), &format!("{row:?} is against it"))?;
    }
    Ok(())
}

fn row_has(looks: &Looks<'_>, row: &[Vec<Thing>]) -> bool {
    is_good(looks.shape, row) && (!looks.shape.after || row.iter().any(|things| things.contains(&Thing::After)))
}
