//! The description of the API, for programs: at `/api/v1/openapi.json` and by `mist openapi`.

use access::Action;
use packages::{DoneBody, ImportedBody, LaunchBody, LaunchedBody, RefusedBody, WaiverBody};
use school::trainings::api::{ApplicationList, MOST, ProgrammeBody, ProgrammeList};
use serde_json::Value;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn};
use utoipa::openapi::request_body::{RequestBody, RequestBodyBuilder};
use utoipa::openapi::schema::{ObjectBuilder, Schema, SchemaFormat, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi, PathItem, PathsBuilder, Ref, RefOr, Required, ResponseBuilder};
use utoipa::{OpenApi as _, ToSchema};
use web::{Page, PageError, Routes};

/// The route of the description.
pub fn routes() -> Routes {
    Routes::new().machine("/api/v1/openapi.json", Action::ReadApi, show)
}

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
        description = "Programmes of cybersecurity trainings for medical institutions. Instants are RFC 3339 with +09:00. \
                       Below `/en` in front of the address, problems are told in English."
    ),
    servers((url = "/", description = "Where this description is")),
    components(schemas(
        ProgrammeList,
        ProgrammeBody,
        ApplicationList,
        ImportedBody,
        LaunchBody,
        LaunchedBody,
        WaiverBody,
        DoneBody,
        RefusedBody,
        Problem
    ))
)]
struct Shapes;

/// The name of the way in which programs say who they are.
const TOKEN: &str = "token";

/// The whole description.
pub(crate) fn described() -> OpenApi {
    let mut api = Shapes::openapi();
    api.paths = PathsBuilder::new()
        .path("/api/v1/programmes", read(programmes()))
        .path("/api/v1/programmes/{year}", read(programme()))
        .path("/api/v1/programmes/{year}/{course}/{session}/applications", read(applications()))
        .path("/api/v1/packages", write(bring_in()))
        .path("/api/v1/packages/{package}/units/{unit}/launches", write(launch()))
        .path("/api/v1/packages/registrations/{registration}/units/{unit}/waiver", write(waive()))
        .path("/api/v1/packages/sessions/{session}/abandonment", write(abandon()))
        .build();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("A token that the operator has issued, with the scope that the operation names"))
        .build();
    if let Some(components) = &mut api.components {
        components.add_security_scheme(TOKEN, SecurityScheme::Http(bearer));
    }
    api
}

fn programmes() -> OperationBuilder {
    operation("programmes", "All programmes, newest first", "ProgrammeList")
}

fn programme() -> OperationBuilder {
    operation("programme", "A programme with its courses and their sessions", "ProgrammeBody")
        .parameter(year())
        .response("404", problem("No programme of this year"))
}

fn applications() -> OperationBuilder {
    let challenge =
        || HeaderBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).description(Some("RFC 6750")).build();
    operation("applications", "The applications of a session, in the order of applying", "ApplicationList")
        .description(Some(
            "Each reading stands in the audit trail. Pages follow each other by `next` and `after`, so none is lost or told twice.",
        ))
        .security(SecurityRequirement::new(TOKEN, ["applications:read"]))
        .parameter(year())
        .parameter(in_path("course", "For whom the course is", Ref::from_schema_name("Audience"), "executive"))
        .parameter(in_path("session", "第N回; extra sessions are numbered from 101", numbers(1, 9_999), 3))
        .parameter(in_query("limit", "How many at most, 100 if not said", numbers(1, MOST)))
        .parameter(in_query("after", "The `next` of the answer before", pattern(PLACE)))
        .response("401", problem("No token, or one that is wrong, ended or expired").header("WWW-Authenticate", challenge()))
        .response("403", problem("The token has not the scope `applications:read`").header("WWW-Authenticate", challenge()))
        .response("404", problem("No such session"))
        .response("422", problem("A parameter that is unknown, twice there, or has a value that it cannot have"))
}

fn bring_in() -> OperationBuilder {
    let package = || ContentBuilder::new().schema(Some(ObjectBuilder::new().schema_type(Type::String))).build();
    let body = RequestBodyBuilder::new()
        .description(Some("A ZIP, or the course structure alone"))
        .content("application/zip", package())
        .content("text/xml", package())
        .required(Some(Required::True))
        .build();
    driven("bring_in_package", "Brings a course package (cmi5) in")
        .request_body(Some(body))
        .response("201", answer("The package, as it is kept", "ImportedBody"))
        .response("413", problem("More bytes than are taken"))
}

fn launch() -> OperationBuilder {
    driven("launch_unit", "Launches a unit for a learner; what is open in the registration is abandoned")
        .parameter(in_path("package", "The package", uuid(), SOME_ID))
        .parameter(in_path("unit", "The place of the unit in the course, from 0", numbers(0, 100_000), 0))
        .request_body(Some(sent("LaunchBody")))
        .response("200", answer("The launch", "LaunchedBody"))
        .response("400", problem("The body is no JSON of this shape"))
        .response("404", problem("No such package or unit"))
}

fn waive() -> OperationBuilder {
    driven("waive_unit", "Lets a unit count as done by other means")
        .parameter(in_path("registration", "The registration", uuid(), SOME_ID))
        .parameter(in_path("unit", "The place of the unit in the course, from 0", numbers(0, 100_000), 0))
        .request_body(Some(sent("WaiverBody")))
        .response("200", answer("It counts as done", "DoneBody"))
        .response("400", problem("The body is no JSON of this shape"))
        .response("404", problem("No such registration or unit"))
}

fn abandon() -> OperationBuilder {
    driven("abandon_session", "Ends a session out of order")
        .parameter(in_path("session", "The session", uuid(), SOME_ID))
        .response("200", answer("It has ended", "DoneBody"))
        .response("404", problem("No such session"))
}

/// An operation of a program that drives packages.
fn driven(id: &str, summary: &str) -> OperationBuilder {
    OperationBuilder::new()
        .operation_id(Some(id))
        .summary(Some(summary))
        .security(SecurityRequirement::new(TOKEN, ["packages:write"]))
        .response("401", problem("No token, or one that is wrong, ended or expired"))
        .response("403", problem("The token has not the scope `packages:write`"))
        .response("422", answer("What is wrong, by the requirement of cmi5 that is broken", "RefusedBody"))
        .response("503", problem("Too busy, or the database does not answer"))
}

/// An id, as an example.
const SOME_ID: &str = "01940000-0000-7000-8000-000000000000";

fn uuid() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).format(Some(SchemaFormat::Custom("uuid".to_owned())))
}

fn sent(shape: &str) -> RequestBody {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(shape))).build();
    RequestBodyBuilder::new().content("application/json", content).required(Some(Required::True)).build()
}

fn answer(description: &str, shape: &str) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name(shape))).build();
    ResponseBuilder::new().description(description).content("application/json", content)
}

fn write(operation: OperationBuilder) -> PathItem {
    PathItem::new(HttpMethod::Post, operation)
}

/// How a place in a list of applications is written.
const PLACE: &str = "^(0|[1-9][0-9]{0,17})-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

fn year() -> ParameterBuilder {
    in_path("year", "Fiscal year of Reiwa, such as R8", pattern("^R[1-9][0-9]{0,2}$"), "R8")
}

fn in_path(name: &str, description: &str, schema: impl Into<RefOr<Schema>>, example: impl Into<Value>) -> ParameterBuilder {
    let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Path).required(Required::True);
    parameter.description(Some(description)).schema(Some(schema)).example(Some(example.into()))
}

fn in_query(name: &str, description: &str, schema: impl Into<RefOr<Schema>>) -> ParameterBuilder {
    let parameter = ParameterBuilder::new().name(name).parameter_in(ParameterIn::Query).required(Required::False);
    parameter.description(Some(description)).schema(Some(schema))
}

fn pattern(pattern: &str) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern))
}

fn numbers(least: i64, most: i64) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(least)).maximum(Some(most))
}

fn read(operation: OperationBuilder) -> PathItem {
    PathItem::new(HttpMethod::Get, operation)
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
        for (path, item) in &described().paths.paths {
            let method = if item.get.is_some() { "GET" } else { "POST" };
            assert!(routes.iter().any(|route| route.path == *path && route.method == method), "{method} {path}");
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
    fn an_operation_names_the_scope_that_its_route_asks_for() {
        let matrix = access::Matrix::parse(&web::data_text("permissions.toml")).unwrap();
        let described = serde_json::to_value(described()).unwrap();
        let routes = crate::routes().list();
        for (path, item) in described["paths"].as_object().unwrap() {
            let route = routes.iter().find(|route| route.path == *path).unwrap();
            let asked: Vec<&str> = matrix.rule(route.action).token_scope.as_deref().into_iter().collect();
            let operation = item.as_object().and_then(|item| item.values().next()).unwrap();
            let security = operation["security"].as_array().map(|all| all[0][TOKEN].as_array().unwrap().clone()).unwrap_or_default();
            assert_eq!(security.iter().filter_map(Value::as_str).collect::<Vec<_>>(), asked, "{path}");
        }
        assert_eq!(described["components"]["securitySchemes"][TOKEN]["scheme"], "bearer");
        assert!(described["info"]["version"].as_str().is_some_and(|version| !version.is_empty()));
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
