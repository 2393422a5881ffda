//! `products.toml`: what cases are marked with, so that several by one vendor's device are seen.

use kernel::Lang;
use serde::Deserialize;
use std::sync::LazyLock;

use crate::contents::{self, Both, ContentFault};

const FILE: &str = "products.toml";

/// The products as shipped. The program checks them at its start, before anybody asks.
pub fn products() -> &'static Products {
    static PRODUCTS: LazyLock<Products> = LazyLock::new(|| Products::shipped().expect("data/desk was checked at the start"));
    &PRODUCTS
}

/// Vendors with their products.
#[derive(Clone, Debug, Deserialize)]
pub struct Products {
    vendor: Vec<Vendor>,
}

/// A vendor, or a kind of system whoever made it.
#[derive(Clone, Debug, Deserialize)]
pub struct Vendor {
    /// The part of the ids before the slash.
    pub id: String,
    name: Both,
    /// What it makes.
    pub products: Vec<Product>,
}

/// A product.
#[derive(Clone, Debug, Deserialize)]
pub struct Product {
    /// The word in the database: `fortinet/fortigate`.
    pub id: String,
    #[serde(flatten)]
    name: Both,
}

impl Products {
    /// The products of `data/desk`.
    pub fn shipped() -> Result<Self, ContentFault> {
        let text = contents::text(FILE);
        let products: Self = contents::parse(FILE, &text)?;
        for vendor in &products.vendor {
            if let Some(product) = vendor.products.iter().find(|product| !product.id.starts_with(&format!("{}/", vendor.id))) {
                return Err(contents::fault(FILE, &text, &product.id, format!("the id begins with {}/", vendor.id)));
            }
        }
        Ok(products)
    }

    /// The vendors, in the order of the list.
    pub fn vendors(&self) -> &[Vendor] {
        &self.vendor
    }

    /// Whether there is a product with this id.
    pub fn has(&self, id: &str) -> bool {
        self.vendor.iter().any(|vendor| vendor.products.iter().any(|product| product.id == id))
    }

    /// The vendor of a product.
    pub fn vendor_of(&self, product: &str) -> Option<&Vendor> {
        let id = product.split('/').next()?;
        self.vendor.iter().find(|vendor| vendor.id == id)
    }
}

impl Vendor {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        self.name.pick(lang)
    }
}

impl Product {
    /// Its name.
    pub fn name(&self, lang: Lang) -> &str {
        self.name.pick(lang)
    }
}
