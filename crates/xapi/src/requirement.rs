//! The numbers of the requirements that refusals name.
//!
//! `XAPI-…` are those of ADL's conformance requirements for record stores (1.0.3), which IEEE 9274.1.1 keeps; `XAPI2-…` and
//! `MIST-…` are our own, for what came with 2.0.0 and for limits. `docs/xapi-requirements.csv` says what each asks for and which
//! test shows it.

use std::fmt;

/// What a requirement is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Requirement(&'static str);

impl Requirement {
    /// The requirement with this number.
    #[doc(hidden)]
    pub const fn new(id: &'static str) -> Self {
        Self(id)
    }

    /// Its number, for example `XAPI-00007`.
    pub const fn id(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Requirement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// Names requirements: a constant for each, and `ALL` of them.
#[macro_export]
macro_rules! requirements {
    ($($name:ident = $id:literal, $what:literal;)*) => {
        $(#[doc = $what] pub const $name: $crate::Requirement = $crate::Requirement::new($id);)*
        /// All that a refusal can name.
        pub const ALL: &[$crate::Requirement] = &[$($name),*];
    };
}

requirements! {
    NULL = "XAPI-00001", "No value is null, except in extensions.";
    ACTOR_MISSING = "XAPI-00003", "A statement has an actor.";
    VERB_MISSING = "XAPI-00004", "A statement has a verb.";
    OBJECT_MISSING = "XAPI-00005", "A statement has an object.";
    TYPE = "XAPI-00006", "Values are of the type that their key has.";
    FORMAT = "XAPI-00007", "Texts have the format that their key has.";
    KEY_CASE = "XAPI-00008", "Keys are written as the specification writes them.";
    KEY = "XAPI-00010", "No key but those of the specification.";
    PARAMETER_VALUE = "XAPI-00012", "Parameters have values of their type, and each stands once.";
    LANGUAGE_TAG = "XAPI-00013", "The keys of language maps have the lengths of RFC 5646.";
    WELL_FORMED = "XAPI-00014", "What is sent is JSON.";
    ENCODING = "XAPI-00015", "Texts are UTF-8.";
    VOIDING_OBJECT = "XAPI-00017", "What voids a statement refers to it.";
    ONCE = "XAPI-00021", "Every key stands once.";
    TIMESTAMP = "XAPI-00022", "`timestamp` is a timestamp.";
    STORED = "XAPI-00023", "`stored` is a timestamp.";
    AUTHORITY = "XAPI-00024", "`authority` is an agent or a group.";
    ATTACHMENTS = "XAPI-00025", "`attachments` is a list of attachments.";
    ID = "XAPI-00027", "The id of a statement is a UUID.";
    ID_STRING = "XAPI-00028", "The id of a statement is a text.";
    ACTOR_TYPE = "XAPI-00031", "The `objectType` of an actor is Agent or Group.";
    OBJECT_TYPE_STRING = "XAPI-00032", "`objectType` is a text.";
    ACTOR_NAME = "XAPI-00033", "The name of an actor is a text.";
    AGENT_IFI = "XAPI-00034", "An agent has exactly one inverse functional identifier.";
    MEMBER_OF_GROUP = "XAPI-00035", "Members stand in groups, and an anonymous group has some.";
    MEMBER = "XAPI-00036", "The members of a group are agents.";
    GROUP_IFI = "XAPI-00037", "A group has at most one inverse functional identifier.";
    MBOX = "XAPI-00038", "`mbox` is `mailto:` and an address.";
    MBOX_SHA1SUM = "XAPI-00039", "`mbox_sha1sum` is 40 hexadecimal digits.";
    OPENID = "XAPI-00040", "`openid` is a URI.";
    ACCOUNT = "XAPI-00041", "`account` is an account.";
    HOME_PAGE = "XAPI-00042", "An account has a `homePage`, an IRL.";
    ACCOUNT_NAME = "XAPI-00043", "An account has a name, a text.";
    VERB_ID = "XAPI-00044", "A verb has an id, an IRI.";
    VERB_DISPLAY = "XAPI-00045", "`display` is a language map.";
    OBJECT_TYPE = "XAPI-00046", "The `objectType` of an object is one of five.";
    ACTIVITY_ID = "XAPI-00047", "An activity has an id, an IRI.";
    DEFINITION = "XAPI-00048", "`definition` is an object.";
    INTERACTION_TYPE = "XAPI-00049", "`interactionType` is one of ten.";
    CORRECT_RESPONSES = "XAPI-00050", "`correctResponsesPattern` is a list of texts.";
    STEPS = "XAPI-00051", "`steps` is a list of components, of a performance.";
    TARGET = "XAPI-00052", "`target` is a list of components, of a matching.";
    SOURCE = "XAPI-00053", "`source` is a list of components, of a matching.";
    SCALE = "XAPI-00054", "`scale` is a list of components, of a likert.";
    CHOICES = "XAPI-00055", "`choices` is a list of components, of a choice or a sequencing.";
    DEFINITION_NAME = "XAPI-00056", "The name of an activity is a language map.";
    DEFINITION_EXTENSIONS = "XAPI-00057", "The extensions of an activity are an object.";
    COMPONENT_ID = "XAPI-00058", "A component has an id that no other of its list has.";
    DEFINITION_DESCRIPTION = "XAPI-00059", "The description of an activity is a language map.";
    DEFINITION_TYPE = "XAPI-00060", "The type of an activity is an IRI.";
    MORE_INFO = "XAPI-00061", "`moreInfo` is an IRL.";
    COMPONENT_DESCRIPTION = "XAPI-00062", "The description of a component is a language map.";
    COMPONENT = "XAPI-00063", "A component is an object.";
    INTERACTION_TYPE_MISSING = "XAPI-00064", "What belongs to interactions stands with an `interactionType`.";
    SUB_AUTHORITY = "XAPI-00067", "A substatement has no authority.";
    SUB_VERSION = "XAPI-00068", "A substatement has no version.";
    SUB_STORED = "XAPI-00069", "A substatement has no `stored`.";
    SUB_ID = "XAPI-00070", "A substatement has no id.";
    SUB_NESTED = "XAPI-00071", "A substatement holds no substatement.";
    REFERENCE_ID = "XAPI-00072", "A reference has the id of a statement.";
    REFERENCE_TYPE = "XAPI-00073", "A reference says that it is one.";
    SUCCESS = "XAPI-00074", "`success` is true or false.";
    COMPLETION = "XAPI-00075", "`completion` is true or false.";
    RESPONSE = "XAPI-00076", "`response` is a text.";
    RESULT_EXTENSIONS = "XAPI-00078", "The extensions of a result are an object.";
    SCORE = "XAPI-00079", "`score` is an object.";
    SCORE_MAX = "XAPI-00080", "`max` is a number above `min`.";
    SCORE_MIN = "XAPI-00081", "`min` is a number below `max`.";
    SCORE_RAW = "XAPI-00082", "`raw` is a number between `min` and `max`.";
    SCORE_SCALED = "XAPI-00083", "`scaled` is a number from -1 to 1.";
    REVISION_OF_ACTIVITY = "XAPI-00084", "A revision is of an activity.";
    PLATFORM_OF_ACTIVITY = "XAPI-00085", "A platform is of an activity.";
    CONTEXT_ACTIVITIES = "XAPI-00086", "`contextActivities` is an object.";
    REGISTRATION = "XAPI-00087-1", "`registration` is a UUID.";
    INSTRUCTOR = "XAPI-00087-2", "`instructor` is an agent or a group.";
    TEAM = "XAPI-00088", "`team` is a group.";
    REVISION = "XAPI-00089", "`revision` is a text.";
    PLATFORM = "XAPI-00090", "`platform` is a text.";
    LANGUAGE = "XAPI-00091", "`language` is a tag of RFC 5646.";
    CONTEXT_STATEMENT = "XAPI-00092", "The statement of a context is a reference.";
    CONTEXT_ACTIVITY_KEY = "XAPI-00093", "`contextActivities` has the keys parent, grouping, category and other.";
    CONTEXT_ACTIVITY = "XAPI-00094", "The values of `contextActivities` are activities.";
    CONTEXT_ACTIVITIES_EMPTY = "XAPI-00095", "`contextActivities` is not empty.";
    AUTHORITY_GROUP = "XAPI-00098", "A group as authority is anonymous and has two members.";
    VERSION = "XAPI-00101", "`version` is one that the store takes.";
    LENGTH = "XAPI-00102", "`length` is a whole number.";
    SHA2 = "XAPI-00103", "`sha2` is a hash.";
    FILE_URL = "XAPI-00104", "`fileUrl` is an IRL.";
    CONTENT_TYPE = "XAPI-00105", "`contentType` is a media type.";
    ATTACHMENT_DISPLAY = "XAPI-00106", "`display` of an attachment is a language map.";
    USAGE_TYPE = "XAPI-00107", "`usageType` is an IRI.";
    SIGNATURE = "XAPI-00115", "A signature is a JWS in an attachment of bytes.";
    SIGNED_STATEMENT = "XAPI-00116", "What is signed is the statement itself.";
    SIGNATURE_ALGORITHM = "XAPI-00117", "A signature is RS256, RS384 or RS512, and holds.";
    EXTENSION_KEY = "XAPI-00118", "The keys of extensions are IRIs.";
    LANGUAGE_MAP = "XAPI-00121", "A language map has texts by language tag.";
    DURATION = "XAPI-00124", "Durations are ISO 8601.";
    BODY_TYPE = "XAPI-00127", "What is posted is JSON or parts.";
    EXCESS_PART = "XAPI-00128", "Every part belongs to an attachment.";
    MISSING_PART = "XAPI-00129", "Every attachment without `fileUrl` has its part.";
    BOUNDARY = "XAPI-00130", "Parts are divided by the boundary.";
    BOUNDARY_NAMED = "XAPI-00131", "The content type names the boundary.";
    PART_HASH = "XAPI-00132", "Every part says the hash of its attachment.";
    FIRST_PART_JSON = "XAPI-00134", "The first part is JSON.";
    PART_BINARY = "XAPI-00135", "Parts of attachments are binary.";
    MULTIPART = "XAPI-00138", "The content type is `multipart/mixed`.";
    VOIDED_STATEMENT = "XAPI-00150", "`voidedStatementId` goes with `format` and `attachments` alone.";
    ONE_STATEMENT = "XAPI-00151", "`statementId` goes with `format` and `attachments` alone.";
    DOCUMENT_OBJECT = "XAPI-00229", "Only JSON objects are merged.";
    DOCUMENT_TYPE = "XAPI-00232", "Only documents of `application/json` are merged.";
    PARAMETER = "XAPI-00324", "No parameter but those of the resource.";
    PARAMETER_CASE = "XAPI-00325", "Parameters are written as the specification writes them.";
    VERSION_HEADER = "XAPI-00331", "The header names a version that the store speaks.";
    CONTEXT_AGENTS = "XAPI2-00001", "`contextAgents` is a list of context agents.";
    CONTEXT_AGENT_TYPE = "XAPI2-00002", "A context agent says that it is one.";
    CONTEXT_AGENT = "XAPI2-00003", "A context agent has an agent.";
    CONTEXT_GROUPS = "XAPI2-00004", "`contextGroups` is a list of context groups.";
    CONTEXT_GROUP_TYPE = "XAPI2-00005", "A context group says that it is one.";
    CONTEXT_GROUP = "XAPI2-00006", "A context group has a group.";
    RELEVANT_TYPES = "XAPI2-00007", "`relevantTypes` is a list of IRIs that is not empty.";
    CONTEXT_EXTENSIONS = "MIST-00001", "The extensions of a context are an object.";
    LIMIT = "MIST-00002", "Nothing is larger or deeper than the limits.";
    ALTERNATE = "MIST-00003", "The alternate request syntax of 1.0.3 is a form with one method in the query.";
}
