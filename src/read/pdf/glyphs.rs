//! The glyphs of each page with their places, as the PDF draws them.
//!
//! The interpreter cannot be stopped, and a file of a few kB can draw for hours by forms that draw forms.
//! So when a file has used up its allowance, [`Collector`] unwinds out of the interpreter, and [`pages`] catches
//! it. The same catch turns a panic of the interpreter into an error; none was seen on 300 damaged files.

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, Paint, SoftMask, TransformExt, interpret_page,
};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

/// The longest documents of the UPR have some 60 pages.
const MAX_PAGES: usize = 600;

/// Glyphs, paths, pictures and groups of a whole file. A report of 25 pages has some 100,000; this many take
/// two seconds.
const MAX_DRAWN: usize = 4_000_000;

/// Larger than any real one; keeps the arithmetic of hostile files finite.
const MAX_COORDINATE: f64 = 1e6;

/// One character or a few (a ligature), and its place in points from the upper left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) baseline: f64,
    pub(super) size: f64,
    /// Whether it stands upright: a stamp at the margin does not.
    pub(super) upright: bool,
}

/// What is drawn on each page: what a reader sees, and glyphs that are white, of no colour, or outside the page.
#[derive(Default)]
pub(super) struct Drawn {
    seen: Vec<Vec<Placed>>,
    hidden: Vec<Vec<Placed>>,
}

impl Drawn {
    /// The characters with ink.
    fn ink(pages: &[Vec<Placed>]) -> usize {
        pages.iter().flatten().filter(|glyph| !glyph.text.trim().is_empty()).count()
    }

    /// What a reader must know of glyphs that are not seen.
    pub(super) fn warning(&self) -> Option<String> {
        match (Drawn::ink(&self.seen), Drawn::ink(&self.hidden)) {
            (_, 0) => None,
            (0, _) => Some(
                "no text of the PDF is visible: it lies behind pictures, as a scanner writes what it recognised; compare it \
                 with the pictures"
                    .to_string(),
            ),
            (_, hidden) => Some(format!(
                "{hidden} characters of the PDF are not visible (white, transparent, or outside the page) and were left out"
            )),
        }
    }

    /// The glyphs of each page: those that are seen, or the others where none is.
    pub(super) fn pages(self) -> Vec<Vec<Placed>> {
        if Drawn::ink(&self.seen) > 0 { self.seen } else { self.hidden }
    }
}

/// The glyphs of each page, or what was found instead.
pub(super) fn pages(bytes: &[u8]) -> Result<Drawn, String> {
    let read = catch_unwind(AssertUnwindSafe(|| {
        let pdf = Pdf::new(bytes.to_vec()).map_err(|error| match error {
            LoadPdfError::Decryption(_) => "a PDF that needs a password".to_string(),
            LoadPdfError::Invalid => "no readable PDF".to_string(),
        })?;
        let number = pdf.pages().len();
        match number {
            0 => return Err("a PDF without pages".to_string()),
            1..=MAX_PAGES => {}
            _ => return Err(format!("a PDF of {number} pages, more than {MAX_PAGES}")),
        }
        let cache = InterpreterCache::new();
        let mut collector = Collector::default();
        let mut pages = Drawn::default();
        for page in pdf.pages().iter() {
            let (width, height) = page.render_dimensions();
            let bounds = Rect::new(0.0, 0.0, width.into(), height.into());
            let upright = page.initial_transform(true).to_kurbo();
            let mut context =
                Context::new(upright, bounds, &cache, pdf.xref(), InterpreterSettings::default());
            collector.page = bounds;
            interpret_page(page, &mut context, &mut collector);
            pages.seen.push(std::mem::take(&mut collector.seen));
            pages.hidden.push(std::mem::take(&mut collector.hidden));
        }
        if collector.drawn > MAX_DRAWN {
            return Err(too_much());
        }
        Ok(pages)
    }));
    read.unwrap_or_else(|cause| {
        Err(if cause.is::<TooMuch>() { too_much() } else { "a damaged PDF".to_string() })
    })
}

fn too_much() -> String {
    format!("a PDF that draws more than {MAX_DRAWN} things")
}

/// What is thrown when the allowance is used up.
struct TooMuch;

#[derive(Default)]
struct Collector {
    /// The page, in points from its upper left corner.
    page: Rect,
    seen: Vec<Placed>,
    hidden: Vec<Placed>,
    drawn: usize,
}

/// Whether nobody sees what is drawn in this way: without fill and stroke, transparent, or in white.
fn is_hidden(props: &DrawProps<'_>, mode: &DrawMode) -> bool {
    /// Of 255: paper is hardly darker.
    const WHITE: u8 = 250;
    let unseen = match &props.paint {
        Paint::Color(colour) => {
            let [red, green, blue, alpha] = colour.to_rgba().to_rgba8();
            alpha == 0 || red.min(green).min(blue) >= WHITE
        }
        Paint::Pattern(_) => false,
    };
    unseen || matches!(mode, DrawMode::Invisible)
}

impl Collector {
    fn count(&mut self, things: usize) {
        self.drawn = self.drawn.saturating_add(things);
        // where unwinding is off, the file is read to its end and its glyphs are dropped
        if self.drawn > MAX_DRAWN && cfg!(panic = "unwind") {
            resume_unwind(Box::new(TooMuch));
        }
    }

    fn place(&mut self, glyph: &Glyph<'_>, transform: Affine, hidden: bool) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => '\u{FFFD}'.to_string(),
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        // glyphs are drawn in a space of 1,000 units to the size of the font
        let across = |units: f64| transform * Point::new(units, 0.0);
        let start = across(0.0);
        let end = across(f64::from(advance.unwrap_or(0.0)));
        let up: Vec2 = transform * Point::new(0.0, 1000.0) - start;
        let size = up.hypot();
        let places = [start.x, start.y, end.x, size];
        if text.is_empty() || places.iter().any(|place| !(-MAX_COORDINATE..MAX_COORDINATE).contains(place)) {
            return;
        }
        let upright = up.y < 0.0 && up.x.abs() <= size / 2.0;
        let hidden = hidden || !self.page.contains(start);
        let placed = Placed { text, left: start.x, right: end.x, baseline: start.y, size, upright };
        if hidden { &mut self.hidden } else { &mut self.seen }.push(placed);
    }
}

impl Device<'_> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        self.count(run.glyphs().len());
        if self.drawn > MAX_DRAWN {
            return;
        }
        let hidden = is_hidden(&props, mode);
        for glyph in run.glyphs() {
            self.place(glyph, props.transform * glyph.transform(), hidden);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {
        self.count(1);
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {
        self.count(1);
    }

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.count(1);
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
