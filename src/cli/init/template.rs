//! Plans to begin with. Each is whole, so that one sees where things go, and is then written over.

use clap::builder::PossibleValue;

/// A plan to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Template {
    OrderAndPay,
    Booking,
    Membership,
    InternalApproval,
    Ticket,
    Blank,
}

/// Each template: its name, what it shows, its text.
const TEMPLATES: [(Template, &str, &str, &str); 6] = [
    (
        Template::OrderAndPay,
        "order-and-pay",
        "Order, pay, be served: stock, late payments, refunds, staff",
        include_str!("../../../examples/coffee-preorder.flow.yaml"),
    ),
    (
        Template::Booking,
        "booking",
        "Book a place: holds, deposits, reminders, cancellation",
        include_str!("../../../examples/event-booking.flow.yaml"),
    ),
    (
        Template::Membership,
        "membership",
        "Join and pay every month: sign-in, renewal, failed payments, leaving",
        include_str!("../../../examples/membership.flow.yaml"),
    ),
    (
        Template::InternalApproval,
        "internal-approval",
        "Ask and be approved: two checks, absence, nobody approves their own",
        include_str!("../../../examples/expense-approval.flow.yaml"),
    ),
    (
        Template::Ticket,
        "ticket",
        "Ask for help and get an answer: waiting on both sides, an outside party",
        include_str!("../../../examples/support-ticket.flow.yaml"),
    ),
    (Template::Blank, "blank", "The smallest plan that holds, with its open questions", include_str!("blank.flow.yaml")),
];

impl Template {
    fn entry(self) -> &'static (Self, &'static str, &'static str, &'static str) {
        TEMPLATES.iter().find(|(template, ..)| *template == self).unwrap_or(&TEMPLATES[5])
    }

    /// As it is asked for.
    pub(super) fn name(self) -> &'static str {
        self.entry().1
    }

    /// The plan, with a word on what to do with it.
    pub(super) fn text(self) -> String {
        let head = "# A plan to begin with: it holds as it is. Write your own over it, from the top down,\n# and run `flowcheck validate` as you go.\n";
        format!("{head}{}", self.entry().3)
    }
}

impl clap::ValueEnum for Template {
    fn value_variants<'a>() -> &'a [Self] {
        &[Self::OrderAndPay, Self::Booking, Self::Membership, Self::InternalApproval, Self::Ticket, Self::Blank]
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.entry().2))
    }
}
