//! What the catalogue demands of an action's results, and the action does not declare.

use crate::catalogue;
use crate::model::{Action, Plan};
use crate::spec::{CatalogueKind, CatalogueProvider, Class, Demand, Name};

/// The result that every action may have whose answer can get lost; a rule of its own speaks of it.
pub(super) const UNKNOWN: &str = "unknown";

/// The results without which a refund is taken to be done as soon as it is asked for; a rule of its own speaks of them.
pub(super) const OF_REFUNDS: [&str; 2] = ["pending", "failed"];

/// A result that is not declared.
pub(super) struct Gap<'p> {
    /// Its name in the catalogue.
    pub(super) name: &'p str,
    /// What happens to people where it is forgotten.
    pub(super) why: &'p str,
    /// The words of the provider for it.
    pub(super) statuses: Vec<&'p str>,
}

/// The kind of an action, as far as the catalogue knows it.
pub(super) fn kind<'p>(plan: &'p Plan, action: &Action) -> Option<&'p CatalogueKind> {
    plan.catalogue.kind(action.kind())
}

/// The results that every action of its kind can have, and that this one does not declare.
pub(super) fn missing_of_kind<'p>(plan: &'p Plan, action: &Action) -> Vec<Gap<'p>> {
    let required = kind(plan, action).into_iter().flat_map(|kind| kind.outcomes.iter());
    required
        .filter(|(id, outcome)| outcome.demand == Some(Demand::Required) && !is_declared(action, &id.text, outcome.class))
        .map(|(id, outcome)| Gap { name: &id.text, why: outcome.why.as_ref().map_or("", |why| &why.text), statuses: Vec::new() })
        .collect()
}

/// The provider of an action, where this is the kind of action whose results it reports, with the place that names it.
pub(super) fn provider<'p>(plan: &'p Plan, action: &Action) -> Option<(&'p Name, &'p CatalogueProvider)> {
    let name = plan.systems[action.system?].form.provider.as_ref()?;
    let provider = plan.catalogue.provider(&name.text)?;
    let fits = match &provider.kind {
        Some(kind) => kind.text == action.kind(),
        // A provider that does not say it reports on the actions that can have its results.
        None => kind(plan, action).is_some_and(|kind| {
            let mut results = provider.statuses.iter().filter_map(|(_, status)| status.means.as_ref());
            results.all(|result| catalogue::outcome(kind, &result.text).is_some())
        }),
    };
    fits.then_some((name, provider))
}

/// The results that its provider reports, and that the action does not declare, each with the provider's words for it.
pub(super) fn missing_of_provider<'p>(plan: &'p Plan, action: &Action) -> Vec<Gap<'p>> {
    let mut gaps: Vec<Gap<'p>> = Vec::new();
    let Some((_, provider)) = provider(plan, action) else { return gaps };
    // Whoever writes down what their provider reports wants it answered.
    for (status, meaning) in provider.statuses.iter().filter(|(_, status)| status.demand != Some(Demand::Advisable)) {
        let Some(result) = &meaning.means else { continue };
        let class = kind(plan, action).and_then(|kind| catalogue::outcome(kind, &result.text)).and_then(|outcome| outcome.class);
        if is_declared(action, &result.text, class) {
            continue;
        }
        if let Some(known) = gaps.iter_mut().find(|gap| gap.name == result.text) {
            known.statuses.push(&status.text);
        } else {
            let why = meaning.why.as_ref().map_or("", |why| &why.text);
            gaps.push(Gap { name: &result.text, why, statuses: vec![&status.text] });
        }
    }
    gaps
}

/// Whether an action declares a result of the catalogue. For the good one any good result will do, and so will one that stands first and
/// is not the last word yet, such as a place that is held until it is paid.
fn is_declared(action: &Action, name: &str, class: Option<Class>) -> bool {
    let begins_well = || {
        let first = action.outcomes.first().filter(|first| first.class == Class::Interim);
        first.is_some_and(|first| !catalogue::INTERIM.iter().any(|interim| first.stands_for(interim)))
    };
    action.answers(name, class) || (class == Some(Class::Success) && begins_well())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Input, build};
    use crate::source::FileId;
    use crate::spec::{File, read};

    fn plan(backend: &str) -> Plan {
        let file = FileId::default();
        let (form, faults) = read::<File>(file, &format!("flowcheck: 1\nbackend: {{{backend}}}\n"));
        let plan = build(Input { files: vec![(file, form)], faults, ..Input::default() });
        assert!(plan.faults.is_empty(), "{:?}", plan.faults);
        plan
    }

    fn missing(backend: &str) -> Vec<String> {
        let plan = plan(backend);
        plan.actions.iter().flat_map(|(_, action)| missing_of_kind(&plan, action)).map(|gap| gap.name.to_owned()).collect()
    }

    #[test]
    fn the_good_result_may_be_a_first_one_that_is_not_the_last_word() {
        assert_eq!(missing("a: {kind: book, outcomes: [held, slot-taken, expired, declined, unknown]}"), [""; 0]);
        assert_eq!(missing("a: {kind: book, outcomes: [unknown, slot-taken, expired, declined]}"), ["confirmed"]);
    }

    #[test]
    fn a_status_of_your_own_provider_must_be_answered_unless_it_says_advisable() {
        let text = "flowcheck: 1\nsystems: {bank: {provider: city-bank}}\nbackend: {pay: {kind: pay, system: bank, outcomes: [succeeded]}}\n\
                    catalogue: {providers: {city-bank: {statuses: {PAID: {means: succeeded}, HELD: {means: authorised}, \
                    SEEN: {means: pending, demand: advisable}}}}}\n";
        let file = FileId::default();
        let (form, faults) = read::<File>(file, text);
        let plan = build(Input { files: vec![(file, form)], faults, ..Input::default() });
        let (_, pay) = plan.actions.iter().next().expect("an action");
        let statuses: Vec<&str> = missing_of_provider(&plan, pay).into_iter().flat_map(|gap| gap.statuses).collect();
        assert_eq!(statuses, ["HELD"]);
    }

    #[test]
    fn any_kind_may_stay_without_an_answer() {
        let plan = plan("a: {kind: other, outcomes: {noted: , no-word: {means: unknown}, pending: }}");
        let (_, action) = plan.actions.iter().next().expect("an action");
        assert!(action.has(UNKNOWN));
        let classes: Vec<_> = action.outcomes.iter().map(|outcome| outcome.class).collect();
        assert_eq!(classes, [Class::Success, Class::Interim, Class::Interim]);
    }
}
