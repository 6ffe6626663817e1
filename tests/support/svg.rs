//! A frame of the interface as a picture for a page: one SVG file that needs
//! nothing else, dark or light as the reader's system is.

use std::fmt::Write as _;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// A cell in pixels, for a letter of 14 px.
const CELL: (f32, f32) = (8.4, 18.0);
const MARGIN: f32 = 14.0;
/// From the top of a cell to the foot of its letters.
const BASE: f32 = 13.5;

const STYLE: &str = "\
text{font:14px ui-monospace,'DejaVu Sans Mono',Menlo,Consolas,monospace;white-space:pre}\
.w{fill:#fff;stroke:#d0d7de}.f{fill:#1f2328}.b{fill:#fff}\
.red{fill:#b3261e}.green{fill:#1a7f37}.yellow{fill:#8a5a00}.cyan{fill:#0b6f85}\
.bold{font-weight:700}.dim{opacity:.65}.caret{fill:none;stroke:#1f2328}\
@media(prefers-color-scheme:dark){\
.w{fill:#0d1117;stroke:#3d444d}.f{fill:#e6edf3}.b{fill:#0d1117}\
.red{fill:#ff8b82}.green{fill:#56d364}.yellow{fill:#e3b341}.cyan{fill:#56c8dc}\
.caret{stroke:#e6edf3}}";

/// The picture of a frame, with the caret where there is one.
pub fn picture(buffer: &Buffer, caret: Option<Position>, title: &str) -> String {
    let area = buffer.area;
    let (width, height) = (
        f32::from(area.width) * CELL.0 + 2.0 * MARGIN,
        f32::from(area.height) * CELL.1 + 2.0 * MARGIN,
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height:.1}\" \
         width=\"{width:.1}\" height=\"{height:.1}\" role=\"img\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n\
         <rect class=\"w\" x=\".5\" y=\".5\" width=\"{:.1}\" height=\"{:.1}\" rx=\"8\"/>\n",
        escaped(title),
        width - 1.0,
        height - 1.0,
    );
    for y in 0..area.height {
        row(&mut svg, buffer, y);
    }
    if let Some(at) = caret {
        let _ = writeln!(
            svg,
            "<rect class=\"caret\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
            left(at.x),
            top(at.y) + 0.5,
            CELL.0,
            CELL.1 - 1.0
        );
    }
    svg.push_str("</svg>\n");
    svg
}

/// Letters of one style side by side.
struct Run {
    x: u16,
    columns: u16,
    text: String,
    class: String,
    reversed: bool,
}

fn row(svg: &mut String, buffer: &Buffer, y: u16) {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = 0;
    while x < buffer.area.width {
        let cell = &buffer[(x, y)];
        let columns = u16::try_from(cell.symbol().width()).unwrap_or(1).max(1);
        let (class, reversed) = (class(cell), cell.modifier.contains(Modifier::REVERSED));
        // A letter that may be of another width in the reader's font stands
        // alone, so that it moves nothing else.
        let alone = !cell.symbol().is_ascii();
        match runs.last_mut() {
            Some(run) if !alone && run.joins(&class, reversed) => {
                run.text.push_str(cell.symbol());
                run.columns += columns;
            }
            _ => runs.push(Run {
                x,
                columns,
                text: cell.symbol().to_owned(),
                class,
                reversed,
            }),
        }
        x += columns;
    }
    for run in runs {
        run.draw(svg, y);
    }
}

impl Run {
    fn joins(&self, class: &str, reversed: bool) -> bool {
        self.text.is_ascii() && self.class == class && self.reversed == reversed
    }

    fn draw(self, svg: &mut String, y: u16) {
        let wide = f32::from(self.columns) * CELL.0;
        if self.reversed {
            let _ = writeln!(
                svg,
                "<rect class=\"{}\" x=\"{:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"{:.1}\"/>",
                self.class,
                left(self.x),
                top(y),
                CELL.1
            );
        }
        let lead = self.text.len() - self.text.trim_start_matches(' ').len();
        let text = self.text.trim_matches(' ');
        if text.is_empty() {
            return;
        }
        let x = self.x + u16::try_from(lead).unwrap_or(0);
        let columns = u16::try_from(text.width()).unwrap_or(1);
        let class = if self.reversed {
            self.class.replacen(colour(&self.class), "b", 1)
        } else {
            self.class
        };
        let _ = writeln!(
            svg,
            "<text class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" textLength=\"{:.1}\" \
             lengthAdjust=\"spacingAndGlyphs\">{}</text>",
            left(x),
            top(y) + BASE,
            f32::from(columns) * CELL.0,
            escaped(text)
        );
    }
}

fn left(x: u16) -> f32 {
    f32::from(x) * CELL.0 + MARGIN
}

fn top(y: u16) -> f32 {
    f32::from(y) * CELL.1 + MARGIN
}

/// Colour, weight and strength of a cell.
fn class(cell: &Cell) -> String {
    assert_eq!(cell.bg, Color::Reset, "no background has a colour here yet");
    let mut class = match cell.fg {
        Color::Reset => "f",
        Color::Red => "red",
        Color::Green => "green",
        Color::Yellow => "yellow",
        Color::Cyan => "cyan",
        other => panic!("{other} has no place in the style sheet of the pictures"),
    }
    .to_owned();
    if cell.modifier.contains(Modifier::BOLD) {
        class.push_str(" bold");
    }
    if cell.modifier.contains(Modifier::DIM) {
        class.push_str(" dim");
    }
    class
}

fn colour(class: &str) -> &str {
    class.split(' ').next().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[test]
fn a_picture_keeps_columns_escapes_text_and_shows_styles() {
    use ratatui::style::Style;
    let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 10, 2));
    buffer.set_string(0, 0, "a<b&界x", Style::new().fg(Color::Red));
    let bold = Style::new().add_modifier(Modifier::BOLD | Modifier::REVERSED);
    buffer.set_string(2, 1, "pick", bold);
    let svg = picture(&buffer, Some(Position { x: 6, y: 1 }), "A & B");
    assert!(svg.contains("<title>A &amp; B</title>"), "{svg}");
    assert!(svg.contains(">a&lt;b&amp;</text>"), "{svg}");
    // The wide character takes two columns, and the next begins after it.
    assert!(
        svg.contains(
            "x=\"47.6\" y=\"27.5\" textLength=\"16.8\" lengthAdjust=\"spacingAndGlyphs\">界"
        ),
        "{svg}"
    );
    assert!(svg.contains("<text class=\"red\" x=\"64.4\""), "{svg}");
    // Reversed: a block in the colour of letters, letters in that of paper.
    assert!(svg.contains("<rect class=\"f bold\" x=\"30.8\""), "{svg}");
    assert!(svg.contains("<text class=\"b bold\" x=\"30.8\""), "{svg}");
    assert!(svg.contains("<rect class=\"caret\" x=\"64.4\""), "{svg}");
}
