use qrcode::{EcLevel, QrCode};

/// A QR code of `text` as an SVG picture that takes the colour of the text around it; empty if the text is too long for one.
pub fn qr_svg(text: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let width = code.width() + 8;
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, module)| *module == qrcode::Color::Dark);
    let path: Vec<String> = dark.map(|(index, _)| format!("M{} {}h1v1h-1z", index % code.width() + 4, index / code.width() + 4)).collect();
    let path = path.concat();
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {width} {width}\" role=\"img\" aria-label=\"QR\" shape-rendering=\"crispEdges\"><rect width=\"{width}\" height=\"{width}\" fill=\"#fff\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    )
}
