//! The description of the API, for programs: at `/api/v1/openapi.json` and by `mist openapi`.

use access::Action;
use school::trainings::api::{CourseBody, ProgrammeBody, ProgrammeList, ProgrammeSummary, SessionBody};
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{ContentBuilder, OpenApi, PathItem, PathsBuilder, Ref, Required, ResponseBuilder};
use utoipa::{OpenApi as _, ToSchema};
use web::{Page, PageError, Routes};

/// The route of the description.
pub fn routes() -> Routes {
    Routes::new().machine("/api/v1/openapi.json", Action::ReadApi, show)
}

#[expect(clippy::unused_async, reason = "a handler is asynchronous")]
async fn show() -> Result<Page, PageError> {
    Page::json(&described())
}

/// Why there is no answer (RFC 9457).
#[derive(ToSchema)]
#[expect(dead_code, reason = "only its shape is described; the frame writes it")]
struct Problem {
    /// Which kind of problem.
    r#type: String,
    /// The same in words.
    title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// The number by which it is found in the log.
    instance: String,
}

#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "MIST",
        description = "Programmes of cybersecurity trainings for medical institutions. Instants are RFC 3339 with +09:00."
    ),
    components(schemas(ProgrammeList, ProgrammeSummary, ProgrammeBody, CourseBody, SessionBody, Problem))
)]
struct Shapes;

/// The whole description.
pub(crate) fn described() -> OpenApi {
    let year = ParameterBuilder::new()
        .name("year")
        .parameter_in(ParameterIn::Path)
        .required(Required::True)
        .description(Some("Fiscal year of Reiwa, such as R8"))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some("^R[1-9][0-9]{0,2}$"))));
    let list = operation("programmes", "All programmes, newest first", "ProgrammeList");
    let one = operation("programme", "A programme with its courses and their sessions", "ProgrammeBody")
        .parameter(year)
        .response("404", problem("No programme of this year"));
    let mut api = Shapes::openapi();
    api.paths = PathsBuilder::new()
        .path("/api/v1/programmes", PathItem::new(HttpMethod::Get, list))
        .path("/api/v1/programmes/{year}", PathItem::new(HttpMethod::Get, one))
        .build();
    api
}

fn operation(id: &str, summary: &str, shape: &str) -> OperationBuilder {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(shape))).build();
    OperationBuilder::new()
        .operation_id(Some(id))
        .summary(Some(summary))
        .response("200", ResponseBuilder::new().description(summary).content("application/json", content))
        .response("503", problem("Too busy, or the database does not answer"))
}

fn problem(description: &str) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
    ResponseBuilder::new().description(description).content("application/problem+json", content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_described_address_is_a_route() {
        let routes = crate::routes().list();
        for path in described().paths.paths.keys() {
            assert!(routes.iter().any(|route| route.path == *path && route.method == "GET"), "{path}");
        }
    }

    #[test]
    fn every_address_of_the_api_is_described() {
        let described = described();
        for route in
            crate::routes().list().iter().filter(|route| route.path.starts_with("/api/v1/") && !route.path.ends_with("openapi.json"))
        {
            assert!(described.paths.paths.contains_key(&route.path), "{}", route.path);
        }
    }

    #[test]
    fn every_shape_that_is_referred_to_is_there() {
        let text = serde_json::to_string(&described()).unwrap();
        let shapes: Vec<&str> = text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(shapes.len() > 5);
        let known = described().components.unwrap().schemas;
        assert!(shapes.iter().all(|shape| known.contains_key(*shape)), "{shapes:?}");
    }
}
