//! A small PDF, object by object, so that each can be another one.

/// A file of these objects, the first one the catalogue, with its table.
pub fn pdf(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in (1..).zip(objects) {
        places.push(bytes.len());
        bytes.extend(format!("{n} 0 obj\n{object}\nendobj\n").as_bytes());
    }
    let table = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        bytes.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    bytes.extend(format!("trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1).as_bytes());
    bytes
}

/// A stream that says this.
pub fn stream(dictionary: &str, content: &str) -> String {
    format!("<< /Length {} {dictionary} >>\nstream\n{content}\nendstream", content.len())
}

/// One page: what the catalogue has besides, its box, its resources, what is drawn on it; then further objects, from the fifth on.
pub fn page(catalogue: &str, media: &str, resources: &str, drawn: &str, further: &[String]) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalogue} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        format!("<< /Type /Page /Parent 2 0 R /MediaBox {media} /Resources << {resources} >> /Contents 4 0 R >>"),
        stream("", drawn),
    ];
    objects.extend_from_slice(further);
    pdf(&objects, "")
}

/// One page with a word on it and these things in the catalogue.
pub fn with(catalogue: &str, further: &[String]) -> Vec<u8> {
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    page(catalogue, "[0 0 320 180]", font, "BT /F 24 Tf 20 100 Td (Word) Tj ET", further)
}

/// A file of so many pages, all of one.
pub fn pages(count: usize) -> Vec<u8> {
    let kids = (0..count).map(|n| format!("{} 0 R ", n + 4)).collect::<Vec<_>>().concat();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>"),
        stream("", "0 0 10 10 re f"),
    ];
    objects.extend((0..count).map(|_| "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 32 18] /Contents 3 0 R >>".to_owned()));
    pdf(&objects, "")
}
