//! The rules: one file and one page each.
//!
//! Owns: what is a finding, and what it says. A rule reads the plan and the analyses through one [`Context`].
//! Must not know: files, terminals, clap, miette, petgraph.

mod answers;
mod consent;
mod context;
mod demands;
mod duties;
mod faults;
mod page;
mod policies;
mod profiles;
mod rule;
mod select;
mod sign_in;
mod snippet;
mod texts;
mod together;
mod too_late;
mod words;

pub use context::{Closed, Context};
pub use page::{Fence, Page, Section};
pub use rule::{FollowsFrom, Group, Phase, Rule, Scope};
pub use select::{current, groups, names, select};
pub use words::{cause, moment_name, name_of, outcome_name, state_name};

/// Registers the rules of each group: a rule is the file of its name, and its page the Markdown beside it.
macro_rules! rules {
    ($($(#[doc = $doc:literal])* $group:ident { $($rule:ident)* })*) => {
        $(
            $(#[doc = $doc])*
            mod $group {
                $(pub(super) mod $rule;)*
            }
        )*

        /// Every rule, in the order in which groups and rules are shown.
        pub static RULES: &[&Rule] = &[$($(&$group::$rule::RULE),*),*];

        /// Each group by its name, with what its rules make sure of, in the same order.
        pub static GROUPS: &[(&str, &str)] = &[$((stringify!($group), concat!($($doc),*).trim_ascii())),*];
    };
}

// A new rule is one word here.
rules! {
    /// The file says what the language knows.
    language {
        unreadable_file unknown_key missing_key wrong_type unknown_word bad_name bad_duration open_gap duplicate_name
        conflicting_keys unknown_name
    }
    /// Every path leads somewhere.
    structure {
        no_entrance no_end dead_end unreachable_step cannot_finish cannot_succeed missing_stage stage_out_of_order core_loop_open
        missing_guarantee unused_declaration repeated_step
    }
    /// Every result has an answer.
    outcomes {
        unhandled_outcome required_outcome_missing unknown_result_unhandled provider_status_unhandled screen_state_missing
        failure_is_final rejection_without_way_back failure_loses_input inconsistent_answers branch_missing
    }
    /// Every promise has work behind it.
    backend {
        missing_backend_action fake_process backend_without_system unknown_operation unused_backend_action staff_task_missing
        unattended_queue unrun_timer
    }
    /// Every state can be left, and is left in order.
    states {
        unknown_move unperformed_move unreachable_state stuck_state stuck_if_absent event_unhandled needs_unmet move_not_allowed unfinished_at_end
        state_never_shown paired_entities_disagree
    }
    /// Every wait has an end.
    waiting {
        late_answer_undecided wait_without_timeout outside_wait_without_reconcile completion_needs_return timeout_without_recheck
        endless_retry two_writers terminal_reopened
    }
    /// Money is taken once, and given back when it must be.
    money {
        charge_without_idempotency sent_twice callback_unverified amount_unchecked charge_before_guard paid_without_object
        refund_assumed_instant rejection_keeps_money dispute_undecided grace_undecided
    }
    /// What is taken is given back.
    holds {
        hold_without_release hold_without_timeout hold_release_undecided
    }
    /// People hear what they must know.
    messages {
        silent_move message_opens_dead_end message_not_cancelled message_not_once message_without_consent
        refused_consent_unhandled missing_follow_up
    }
    /// People get in, and keep what they came for.
    entry {
        login_loses_target login_cannot_be_refused login_before_value expired_link_is_dead shared_without_entry
        long_form_without_draft duplicate_submit_unhandled confirmation_incomplete
    }
    /// Everybody may do their part, and nobody more.
    roles {
        self_approval_undecided no_exit_for_role state_without_permission role_without_steps
    }
    /// Each surface has its job.
    surfaces {
        surface_without_job surface_overlap identity_not_joined entity_without_owner legacy_cannot
    }
    /// Data is there when it is needed.
    data {
        used_before_collected collected_never_used
    }
    /// What comes later has its place.
    later {
        later_without_anchor event_bound_to_screen funnel_gap attribution_lost reward_without_clawback
    }
    /// Decisions, questions and laws are kept.
    plan {
        policy_violated policy_vacuous policy_needs_patience policy_inconclusive bound_reached expired_decision unused_decision open_question
        draining_forever
    }
    /// The platform's own rules.
    platform {
        consent_without_tap too_many_templates_at_once long_term_message_without_right shipping_not_reported repay_with_new_number
        restricted_range_unstated
    }
}

/// The rule of a name, or of a name that it had before.
pub fn find(name: &str) -> Option<&'static Rule> {
    let name = current(name);
    RULES.iter().find(|rule| rule.name == name).copied()
}
