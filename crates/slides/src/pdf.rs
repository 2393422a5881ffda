//! PDFs: each page as a picture, and its words. Nothing of a page is run, and no file that it names is opened.

use hayro::hayro_interpret::font::{FontData, FontQuery, Glyph};
use hayro::hayro_interpret::hayro_cmap::BfString;
use hayro::hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint, PathDrawMode, SoftMask,
    interpret_page,
};
use hayro::hayro_syntax::page::Page;
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::vello_cpu::kurbo::{Affine, BezPath, Point, Rect};
use hayro::{RenderCache, RenderSettings, render};
use image::{DynamicImage, RgbaImage};
use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use crate::deck::{Block, Deck, Left, LeftOut, PictureKind, Slide};
use crate::picture::encode;
use crate::pptx::shorten;
use crate::{Deadline, Limits, NotRead};

/// A typeface for words of a file that brings none.
pub type Typeface = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// Pages that are longer than so many times their width are no slides.
const ASPECT_MAX: f32 = 20.0;
/// What a title has at most.
const TITLE_MAX: usize = 80;
/// Names of what acts by itself, or is attached.
const ACTIVE: [&[u8]; 4] = [b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/RichMedia"];

/// Reads a file that begins as PDFs do.
pub(crate) fn read(bytes: Vec<u8>, typeface: Option<Typeface>, limits: &Limits, deadline: Deadline) -> Result<Deck, NotRead> {
    let is_active = ACTIVE.iter().any(|name| bytes.windows(name.len()).any(|window| window == *name));
    let pdf = Pdf::new(bytes).map_err(|wrong| match wrong {
        LoadPdfError::Decryption(_) => NotRead::Protected,
        LoadPdfError::Invalid => NotRead::Damaged,
    })?;
    let count = pdf.pages().len();
    if count > limits.slides {
        return Err(NotRead::TooMany { count, most: limits.slides });
    }
    let settings = settings(typeface);
    let (drawn, read) = (RenderCache::new(), InterpreterCache::new());
    let mut deck = Deck::default();
    if is_active {
        deck.left.push(Left::of(LeftOut::Active));
    }
    let mut weight = 0;
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        deadline.check()?;
        let Some(scale) = scale(page, limits) else {
            deck.left.push(Left::about(LeftOut::BrokenSlide, number.to_string()));
            continue;
        };
        let mut slide = Slide { number, ..Slide::default() };
        let words = words(page, &read, &settings, deadline.sooner(PAGE_TIME));
        slide.title = words.title();
        slide.notes = words.text();
        if weight > limits.picture_bytes {
            slide.left.push(Left::of(LeftOut::ManyPictures));
        } else {
            let wanted = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
            let points = render(page, &drawn, &settings, &wanted);
            let (width, height) = (points.width().into(), points.height().into());
            let plain: Vec<u8> = points.take_unpremultiplied().iter().flat_map(|point| [point.r, point.g, point.b, point.a]).collect();
            let picture = RgbaImage::from_raw(width, height, plain).map(DynamicImage::from);
            match picture.and_then(|picture| encode(picture, PictureKind::Png, limits)) {
                Some(picture) => {
                    weight += picture.bytes.len();
                    slide.blocks.push(Block::Picture { at: deck.pictures.len(), alt: String::new(), is_decorative: false });
                    deck.pictures.push(picture);
                }
                None => slide.left.push(Left::of(LeftOut::BrokenPicture)),
            }
        }
        shorten(&mut slide, limits.characters);
        deck.slides.push(slide);
    }
    Ok(deck)
}

/// How pages are drawn: annotations are notes of reviewers, and stay out.
fn settings(typeface: Option<Typeface>) -> InterpreterSettings {
    let standard = InterpreterSettings::default();
    let built_in = Arc::clone(&standard.font_resolver);
    let resolver = move |query: &FontQuery| match (query, &typeface) {
        (FontQuery::Fallback(wanted), Some(typeface)) if wanted.character_collection.is_some() => {
            Some((Arc::clone(typeface) as FontData, 0))
        }
        _ => built_in(query),
    };
    InterpreterSettings { font_resolver: Arc::new(resolver), render_annotations: false, ..standard }
}

/// How much larger a page is drawn; `None` for one that is no page.
fn scale(page: &Page<'_>, limits: &Limits) -> Option<f32> {
    let (width, height) = page.render_dimensions();
    let (long, short) = (width.max(height), width.min(height));
    let is_page = long.is_finite() && short >= 1.0 && long / short <= ASPECT_MAX;
    let side = f32::from(u16::try_from(limits.side).unwrap_or(u16::MAX));
    is_page.then(|| side / long)
}

/// The most steps of drawing one page.
const STEPS_MAX: usize = 500_000;
/// After how many of them the clock is asked.
const STEPS: usize = 64;
/// How long the steps of one page may take: a page that takes longer has no end.
const PAGE_TIME: Duration = Duration::from_secs(10);

/// Thrown out of a page that draws without end: a drawing within itself, for one.
pub(crate) struct Stopped;

/// The words of a page, line by line.
struct Words {
    lines: Vec<Line>,
    steps: usize,
    deadline: Deadline,
}

/// Words that stand on one line.
struct Line {
    text: String,
    /// How high its letters are.
    size: f64,
    y: f64,
    /// Where the last letter ends.
    end: f64,
}

impl Words {
    fn text(&self) -> String {
        let lines: Vec<&str> = self.lines.iter().map(|line| line.text.trim()).filter(|line| !line.is_empty()).collect();
        lines.join("\n")
    }

    /// The line in the largest letters, and those that follow it in the same.
    fn title(&self) -> String {
        let said = |line: &&Line| !line.text.trim().is_empty();
        let largest = self.lines.iter().filter(said).map(|line| line.size).fold(0.0, f64::max);
        let of_it =
            self.lines.iter().filter(said).skip_while(|line| line.size < largest * 0.95).take_while(|line| line.size >= largest * 0.95);
        let title: Vec<&str> = of_it.map(|line| line.text.trim()).collect();
        let title = title.join(" ");
        // A page all in one size is a text, and has no title.
        if title.chars().count() > TITLE_MAX { String::new() } else { title }
    }

    /// Counts a step. The interpreter can be stopped in no other way, and what is caught ends the reading of the file.
    fn step(&mut self) {
        self.steps += 1;
        let is_late = self.steps.is_multiple_of(STEPS) && self.deadline.check().is_err();
        if is_late || self.steps > STEPS_MAX {
            resume_unwind(Box::new(Stopped));
        }
    }

    fn letter(&mut self, text: &str, at: Point, size: f64, width: f64) {
        let text: String = text.chars().filter(|c| !c.is_control() && *c != '\u{fffd}').collect();
        if text.is_empty() || !(at.x.is_finite() && at.y.is_finite() && size.is_finite()) {
            return;
        }
        let is_same = |line: &Line| (line.y - at.y).abs() < size.max(line.size) * 0.5 && at.x > line.end - size * 2.0;
        match self.lines.last_mut().filter(|line| is_same(line)) {
            Some(line) => {
                if at.x - line.end > size * 0.25 && !line.text.ends_with(' ') && text != " " {
                    line.text.push(' ');
                }
                line.text.push_str(&text);
                line.size = line.size.max(size);
                line.end = at.x + width;
            }
            None => self.lines.push(Line { text, size, y: at.y, end: at.x + width }),
        }
    }
}

fn words<'a>(page: &'a Page<'a>, cache: &InterpreterCache<'a>, settings: &InterpreterSettings, deadline: Deadline) -> Words {
    let mut words = Words { lines: Vec::new(), steps: 0, deadline };
    let (width, height) = page.render_dimensions();
    let around = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut context = Context::new(Affine::IDENTITY, around, cache, page.xref(), settings.clone());
    interpret_page(page, &mut context, &mut words);
    words
}

impl<'a> Device<'a> for Words {
    fn set_soft_mask(&mut self, _: Option<SoftMask<'a>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'a>, _: &PathDrawMode) {
        self.step();
    }
    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
    }
    fn draw_image(&mut self, _: Image<'a, '_>, _: Affine) {
        self.step();
    }
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph(&mut self, glyph: &Glyph<'a>, transform: Affine, glyph_transform: Affine, _: &Paint<'a>, _: &GlyphDrawMode) {
        self.step();
        let Some(unicode) = glyph.as_unicode() else { return };
        let placed = transform * glyph_transform;
        // Letters are drawn in a square of 1,000 units.
        let to = |x: f64, y: f64| placed * Point::new(x, y);
        let at = to(0.0, 0.0);
        let size = (to(0.0, 1_000.0) - at).hypot();
        let wide = match glyph {
            Glyph::Outline(letter) => letter.advance_width().map_or(500.0, f64::from),
            Glyph::Type3(_) => 500.0,
        };
        let width = (to(wide, 0.0) - at).hypot();
        match unicode {
            BfString::Char(letter) => self.letter(letter.encode_utf8(&mut [0; 4]), at, size, width),
            BfString::String(letters) => self.letter(&letters, at, size, width),
        }
    }
}
