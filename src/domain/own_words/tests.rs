use super::*;

fn own(words: &str) -> String {
    own_lines(words)
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join("|")
}

#[test]
fn marked_lines_are_quoted_whatever_hides_before_the_mark() {
    assert_eq!(
        own("yes\n> no\n >> no\n\u{200b}> no\n\u{ff1e} no\n| no"),
        "yes"
    );
    assert_eq!(
        own("> question\nanswer\n> question\nanswer 2"),
        "answer|answer 2"
    );
}

#[test]
fn what_follows_the_head_of_a_mail_is_quoted_to_the_end() {
    for head in [
        "On Thu, Feb 5, 2026 at 9:00 AM Raj Patel <raj@example.com> wrote:",
        "On 5 Feb 2026, at 09:00, Raj Patel <raj@example.com> wrote:",
        "On Thu, Feb 5, 2026 at 9:00 AM Raj Patel <raj@example.com>\nwrote:",
        "Am 05.02.2026 um 09:00 schrieb Raj Patel <raj@example.com>:",
        "Am Do., 5. Feb. 2026 um 09:00 Uhr schrieb Raj Patel <\nraj@example.com>:",
        "Raj Patel <raj@example.com> schrieb am Do., 5. Feb. 2026, 09:00:",
        "Le jeu. 5 f\u{e9}vr. 2026 \u{e0} 09:00, Raj Patel <raj@example.com> a \u{e9}crit :",
        "El jue, 5 feb 2026 a las 9:00, Raj Patel (<raj@example.com>) escribi\u{f3}:",
        "Il giorno gio 5 feb 2026 alle ore 09:00 Raj Patel <raj@example.com> ha scritto:",
        "Op do 5 feb 2026 om 09:00 schreef Raj Patel <raj@example.com>:",
        "From: Raj Patel\nSent: Thursday\nTo: Dana\nSubject: A report",
        "*From:* Raj Patel\n*Date:* Thursday",
        "Von: Raj Patel\nGesendet: Donnerstag\nAn: Dana\nBetreff: Bericht",
        "De : Raj Patel\nEnvoy\u{e9} : jeudi\n\u{c0} : Dana\nObjet : rapport",
        "De: Raj Patel\nEnviado el: jueves\nPara: Dana\nAsunto: informe",
        "-----Original Message-----",
        "-----Urspr\u{fc}ngliche Nachricht-----",
        "---------- Forwarded message ---------",
        "-------- Original message --------",
        "________________________________",
    ] {
        assert_eq!(
            own(&format!("yes\n\n{head}\n\nno\n\n1. no")),
            "yes",
            "{head}"
        );
    }
}

#[test]
fn words_that_only_look_like_a_head_are_their_own() {
    for words in [
        "On 5 Feb you wrote:\nthat is not so",
        "On reflection, this is what I wrote:\nyes",
        "From: 1 January\nTo: 31 December",
        "To: everybody who asked\nthe answer is\nyes",
        "Note:\nyes",
        "-----\nyes",
        "Subject to approval\nDate: 3 May",
    ] {
        let all = words.replace('\n', "|");
        assert_eq!(own(words), all, "{words}");
    }
}

#[test]
fn greetings_thanks_and_signatures_say_nothing() {
    for (words, left) in [
        ("Hi Raj,\n\nyes", "yes"),
        ("Hi Raj, yes please", "yes please"),
        ("Guten Morgen Herr Patel,\nja", "ja"),
        ("Bonjour \u{e0} tous,\noui", "oui"),
        (
            "yes\n\nBest regards,\nDana Reyes\nHead of Service Desk\n+44 20 7946 0000",
            "yes",
        ),
        (
            "ja\n\nMit freundlichen Gr\u{fc}\u{df}en\n\nDana Reyes\nLeiterin Controlling",
            "ja",
        ),
        ("ja\nVG Dana", "ja"),
        ("oui\n\nCordialement,\nDana", "oui"),
        ("s\u{ed}\n\nUn saludo,\nDana", "s\u{ed}"),
        ("yes\n\nThanks!\nDana", "yes"),
        ("yes\n\nThank you so much for asking", "yes"),
        ("yes\n-- \nDana Reyes\nService Desk", "yes"),
        ("yes\n\nSent from my iPhone", "yes"),
        ("ja\n\nVon meinem iPhone gesendet", "ja"),
        ("oui\n\nEnvoy\u{e9} de mon iPhone", "oui"),
        ("s\u{ed}\n\nEnviado desde mi iPhone", "s\u{ed}"),
    ] {
        assert_eq!(own(words), left, "{words}");
    }
}

#[test]
fn what_is_said_beside_a_courtesy_is_kept() {
    for (words, left) in [
        ("Hi, the second one is better", "the second one is better"),
        ("Thanks, but 2 is wrong", "Thanks, but 2 is wrong"),
        ("yes\n\nBest,\nDana\n\nPS: call me", "yes|PS: call me"),
        (
            "yes\n\nBest regards\nDana\n\nNo chart please",
            "yes|No chart please",
        ),
        ("Thanks!\nExcel", "Excel"),
        ("Best option is the second", "Best option is the second"),
        (
            "yes\nRegards to your mother, she was right",
            "yes|Regards to your mother, she was right",
        ),
        ("yes\n-- \nDana\n2. no", "yes|2. no"),
        ("No\n\nThanks,\nYes to both", "No|Yes to both"),
    ] {
        assert_eq!(own(words), left, "{words}");
    }
}

#[test]
fn a_name_alone_is_a_signature_where_it_is_theirs() {
    let left = |words: &str| -> Vec<String> {
        let lines = lines_by(words, &["dana reyes".to_owned()]);
        let own = lines
            .into_iter()
            .filter(|l| l.whose == Whose::Own && !l.text.is_empty());
        own.map(|l| l.text.to_owned()).collect()
    };
    assert_eq!(left("Excel\n\nDana"), ["Excel"]);
    assert_eq!(left("Excel\n\nD."), ["Excel"]);
    assert_eq!(left("Excel\n\nKim"), ["Excel", "Kim"]);
    assert_eq!(left("Dana\n\nExcel"), ["Dana", "Excel"]);
}

#[test]
fn words_are_compared_without_accents_and_punctuation() {
    assert_eq!(
        plain("  C\u{2019}est \u{c9}T\u{c9}\u{2026} d'accord! "),
        "cest ete daccord"
    );
    assert_eq!(plain("Gr\u{fc}\u{df}e, \u{153}uvre"), "grusse oeuvre");
    assert_eq!(plain("\u{ff2f}\u{ff2b} 7\u{200b}K"), "ok 7k");
}
