//! Both sides of a case: messages, what the desk asks for, files, and the institution's own view.

mod fetch;
mod file;
mod give;
mod message;
mod one_go;
mod pages;
mod pieces;
mod receive;
mod request;
mod room;
mod store;
#[cfg(test)]
mod tests;
mod unfinished;

pub use file::{CaseFile, FileId, piece};
pub use message::{Message, MessageId, Side, send};
pub(crate) use pages::Phases;
pub use request::{Item, ItemId, NotAsked, Reply, Request, RequestId, ask_for, reply};
pub use room::Room;
pub use store::{files, items, messages, requests};
pub use unfinished::{handlers, look};

use access::Action;
use web::Routes;

/// The most bytes of a file.
const FILE_BYTES: usize = 512 * 1024 * 1024;
/// The most bytes of a request that carries one piece of a file, sealed or not.
const PIECE_BYTES: usize = 1024 * 1024 + 64 * 1024;

/// The institution's view of its case, and the desk's side of the talk.
pub fn routes() -> Routes {
    Routes::new()
        .get("/incident/case", Action::KeepCase, pages::view)
        .post("/incident/case/messages", Action::KeepCase, pages::say)
        .post("/incident/case/items/{item}", Action::KeepCase, pages::answer_item)
        .post("/incident/case/contact", Action::KeepCase, pages::contact)
        .stream("/incident/case/files", Action::KeepCase, FILE_BYTES, pages::whole_file)
        .get("/incident/case/files/{file}", Action::KeepCase, pages::desk_file)
        .post("/incident/case/uploads", Action::KeepCase, pages::begin)
        .upload("/incident/case/uploads/pieces", Action::KeepCase, PIECE_BYTES, pages::piece)
        .post("/incident/case/uploads/end", Action::KeepCase, pages::finish)
        .get("/desk/cases/{number}/talk", Action::WorkCase, pages::desk::show)
        .post("/desk/cases/{number}/talk/messages", Action::WorkCase, pages::desk::say)
        .stream("/desk/cases/{number}/talk/files", Action::WorkCase, FILE_BYTES, pages::desk::give)
        .post("/desk/cases/{number}/talk/uploads", Action::WorkCase, pages::give::begin)
        // A file that was begun takes longer than a sign-in stays freshly proved; its pieces come sealed, and tell nothing back.
        .upload("/desk/cases/{number}/talk/uploads/pieces", Action::SeeDesk, PIECE_BYTES, pages::give::piece)
        .post("/desk/cases/{number}/talk/uploads/end", Action::SeeDesk, pages::give::finish)
        .get("/desk/cases/{number}/files/{file}", Action::WorkCase, pages::desk::fetch)
        .post("/desk/cases/{number}/talk/requests", Action::WorkCase, pages::desk::ask)
}
