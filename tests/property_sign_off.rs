//! Whatever is changed in what was agreed: the section that it is in is agreed
//! no more, the others are, and neither code nor signature fits any longer.

use std::sync::OnceLock;

use askfirst::domain::action::{self, ByKey};
use askfirst::domain::sign_off::{self, Holding};
use askfirst::domain::{Agreement, Brief, Grade, ItemId, Moment, Section, Signature};
use askfirst::signature::{self, Unfit};
use askfirst::storage::{Folder, Store};
use proptest::prelude::*;

use crate::support::{SUPERREPORT, TestDir};

/// The reference case with Dana's signature under all of it.
fn signed() -> &'static (Brief, Signature) {
    static SIGNED: OnceLock<(Brief, Signature)> = OnceLock::new();
    SIGNED.get_or_init(|| {
        let dir = TestDir::new();
        dir.write("s.toml", SUPERREPORT);
        dir.run("new --from s.toml").done();
        let store = Folder::at(dir.path(".askfirst"));
        let id = store.find("analysts").unwrap();
        let mut brief = store.load(&id).unwrap().brief;
        let made = dir
            .command("ssh-keygen")
            .args(["-q", "-t", "ed25519", "-N", "", "-f", "key"])
            .output()
            .unwrap();
        assert!(made.status.success(), "{made:?}");
        let text = Agreement::of(&brief);
        let signature = signature::sign(&text.text(), &dir.path("key")).unwrap();
        let verified = ByKey {
            signature: signature.clone(),
            principal: "dana@example.com".to_owned(),
            text,
        };
        let dana = ItemId::parse("dana").unwrap();
        let at = Moment::parse_from_rfc3339("2026-02-05T09:00:00+01:00").unwrap();
        let change = action::sign_by_key(&brief, &dana, verified, "", "yes", at).unwrap();
        brief.apply(change, at).unwrap();
        (brief.into_inner(), signature)
    })
}

/// Every text in the brief that is part of what is agreed, with its section.
fn texts(brief: &mut Brief) -> Vec<(Section, &mut String)> {
    let mut texts = vec![
        (Section::Want, &mut brief.request.words),
        (Section::Dates, &mut brief.plan.appetite),
    ];
    for customer in &mut brief.customers {
        texts.push((Section::Want, &mut customer.name));
        texts.push((Section::Want, &mut customer.uses_for));
    }
    for reading in brief.readings.iter_mut().filter(|r| r.chosen) {
        texts.push((Section::Want, &mut reading.text));
    }
    for goal in &mut brief.goals {
        texts.push((Section::Want, &mut goal.text));
        texts.push((Section::Want, &mut goal.how));
    }
    for need in &mut brief.needs {
        texts.push((Section::Needs, &mut need.text));
        texts.push((Section::Needs, &mut need.acceptance));
    }
    texts.extend(brief.out.iter_mut().map(|out| (Section::Scope, out)));
    for part in &mut brief.deliverables {
        texts.push((Section::Solution, &mut part.text));
    }
    texts.retain(|(_, text)| !text.trim().is_empty());
    texts
}

proptest! {
    #![proptest_config(crate::support::cases(48))]

    #[test]
    fn any_other_letter_breaks_the_yes_to_its_section_and_the_signature(
        which in any::<prop::sample::Index>(),
        place in any::<prop::sample::Index>(),
        letter in "[a-zA-Z0-9é漢|\\\\:\u{202e}\u{1b}]",
    ) {
        let (brief, signature) = signed();
        let mut changed = brief.clone();
        let section = {
            let mut texts = texts(&mut changed);
            let at = which.index(texts.len());
            let (section, text) = &mut texts[at];
            let letters: Vec<char> = text.chars().collect();
            let place = place.index(letters.len());
            let mut other: Vec<String> = letters.iter().map(char::to_string).collect();
            prop_assume!(other[place] != letter);
            other[place] = letter;
            **text = other.concat();
            section.clone()
        };
        for (of, yeses) in sign_off::by_section(&changed) {
            let yes = &yeses[0];
            prop_assert_eq!(&yes.grade, &Grade::Signed);
            let lapsed = matches!(yes.holding, Holding::Lapsed(_));
            prop_assert_eq!(lapsed, of == section, "{}", of);
        }
        let code = Agreement::of(brief).code().to_string();
        prop_assert!(sign_off::check_code(&changed, &code).is_err());
        let refused = signature::verified_text(&changed, signature, []);
        prop_assert!(matches!(refused, Err(Unfit::Older { .. })), "{:?}", refused);
    }
}

#[test]
fn an_untouched_brief_keeps_the_yes_and_the_signature() {
    let (brief, signature) = signed();
    assert!(signature::verified_text(brief, signature, []).is_ok());
    let yeses = sign_off::by_section(brief).into_iter().flat_map(|(_, y)| y);
    assert!(
        yeses
            .into_iter()
            .all(|yes| yes.holding == Holding::AsAgreed)
    );
}
