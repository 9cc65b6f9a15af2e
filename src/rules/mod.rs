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
mod rule;
mod snippet;
mod together;
mod too_late;
mod words;

pub use context::{Closed, Context};
pub use page::{Fence, Page, Section};
pub use rule::{FollowsFrom, Group, Phase, Rule, Scope};

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
        unknown_move unperformed_move unreachable_state stuck_state stuck_if_absent needs_unmet move_not_allowed unfinished_at_end
        state_never_shown
    }
    /// Every wait has an end.
    waiting {
        late_answer_undecided wait_without_timeout outside_wait_without_reconcile completion_needs_return timeout_without_recheck
        endless_retry
    }
    /// Money is taken once, and given back when it must be.
    money {
        charge_without_idempotency callback_unverified amount_unchecked charge_before_guard paid_without_object
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
    /// Decisions and questions are kept up to date.
    plan {
        policy_violated policy_vacuous policy_needs_patience policy_inconclusive expired_decision unused_decision open_question
    }
}

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).copied()
}
