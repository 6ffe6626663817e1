//! The outline as one HTML page: no scripts, nothing loaded from outside, good
//! on a phone and on paper.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};

use super::outline::Outline;

const TEMPLATE: &str = include_str!("record.html");

pub(super) fn render(outline: &Outline, mark: &str) -> String {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    let lines = SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build();
    if let Ok(lines) = lines {
        environment.set_syntax(lines);
    }
    // The name's ending turns on the escaping of every value.
    let page = environment
        .add_template("record.html", TEMPLATE)
        .and_then(|()| environment.get_template("record.html"))
        .and_then(|template| template.render(context! { doc => Serde(outline), mark }));
    // The template is part of the program and is tested; should it fail all
    // the same, the text is still worth having.
    page.unwrap_or_else(|_| bare(outline, mark))
}

fn bare(outline: &Outline, mark: &str) -> String {
    let text = escape(&super::plain::render(outline, ""));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">\n\
         <title>{}</title>\n</head>\n<body>\n<pre>{text}</pre>\n\
         <p class=\"mark\">{}</p>\n</body>\n</html>\n",
        escape(&outline.title),
        escape(mark)
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
