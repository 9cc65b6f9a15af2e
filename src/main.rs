fn main() {
    for arg in std::env::args().skip(1) {
        let mut sources = flowcheck::source::Sources::default();
        let id = sources.add(flowcheck::source::Source::read(std::path::Path::new(&arg)).expect("readable"));
        let (form, faults) = if arg.contains("catalogue") {
            let (_, f) = flowcheck::spec::read::<flowcheck::spec::CatalogueForm>(id, sources.get(id).text());
            (None, f)
        } else {
            let (a, f) = flowcheck::spec::read::<flowcheck::spec::File>(id, sources.get(id).text());
            (Some(a), f)
        };
        for fault in &faults {
            let at = sources.place(fault.span);
            println!("{arg}:{}:{}: {:?}", at.line, at.column, fault.kind);
        }
        if std::env::var("DUMP").is_ok() {
            println!("{}", serde_json::to_string_pretty(&flowcheck::spec::Form::write(&form)).unwrap());
        }
        println!("{arg}: {} faults of form", faults.len());
    }
}
