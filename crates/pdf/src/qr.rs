use qrcode::{Color, EcLevel, QrCode};

/// A QR code of `text` as an SVG picture without a margin; nothing if the text is too long for one.
pub fn svg(text: &str) -> Option<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, module)| *module == Color::Dark);
    let path: Vec<String> = dark.map(|(at, _)| format!("M{} {}h1v1h-1z", at % width, at / width)).collect();
    Some(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {width}"><path fill="#1a1a1a" d="{}"/></svg>"##,
        path.concat()
    ))
}
