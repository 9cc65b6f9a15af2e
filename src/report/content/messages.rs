//! What people are told: when, how, with whose consent, and where it leads.

use super::words::{clean, moments, role_title, said, step_title};
use crate::model::Plan;

/// A message.
#[derive(Debug)]
pub struct Message {
    /// Its name.
    pub name: String,
    /// What people read, where that differs.
    pub title: String,
    /// Who gets it.
    pub to: Vec<String>,
    /// How it travels.
    pub channel: String,
    /// What sends it.
    pub when: String,
    /// Where it leads; empty where nowhere.
    pub opens: String,
    /// Where consent is asked, and what happens without.
    pub consent: Vec<String>,
    /// What makes it untrue.
    pub cancelled: String,
}

/// Every message.
pub(super) fn messages(plan: &Plan) -> Vec<Message> {
    let messages = plan.notifications.iter().map(|(_, message)| {
        let form = &message.form;
        let channel = form.channel.as_ref().map(|channel| channel.text.as_str()).unwrap_or_default();
        let known = plan.catalogue.channel(channel).and_then(|known| known.title.as_ref());
        let after = form.after.as_ref().map(|after| format!("{after} after ")).unwrap_or_default();
        let mut consent: Vec<String> = message.consent.iter().map(|step| format!("asked at {}", step_title(plan, *step))).collect();
        consent.extend(form.if_refused.as_ref().map(|text| format!("refused: {}", clean(&text.text))));
        Message {
            name: message.name.text.clone(),
            title: said(form.title.as_ref()),
            to: message.to.iter().map(|role| role_title(plan, *role)).collect(),
            channel: known.map_or_else(|| channel.to_owned(), |title| clean(&title.text)),
            when: format!("{after}{}", moments(plan, &message.when)),
            opens: message.opens.map(|step| step_title(plan, step)).unwrap_or_default(),
            consent,
            cancelled: moments(plan, &message.cancel_when),
        }
    });
    messages.collect()
}
