//! The words of cmi5: verbs, categories, extensions, names of documents.

/// A unit was launched. Said by the system.
pub const LAUNCHED: &str = "http://adlnet.gov/expapi/verbs/launched";
/// A unit is ready.
pub const INITIALIZED: &str = "http://adlnet.gov/expapi/verbs/initialized";
/// A learner has done all of a unit.
pub const COMPLETED: &str = "http://adlnet.gov/expapi/verbs/completed";
/// A learner has passed a unit.
pub const PASSED: &str = "http://adlnet.gov/expapi/verbs/passed";
/// A learner has failed a unit.
pub const FAILED: &str = "http://adlnet.gov/expapi/verbs/failed";
/// A session has ended out of order. Said by the system.
pub const ABANDONED: &str = "https://w3id.org/xapi/adl/verbs/abandoned";
/// A unit counts as done by other means. Said by the system.
pub const WAIVED: &str = "https://w3id.org/xapi/adl/verbs/waived";
/// A session has ended.
pub const TERMINATED: &str = "http://adlnet.gov/expapi/verbs/terminated";
/// A block or a course is done. Said by the system.
pub const SATISFIED: &str = "https://w3id.org/xapi/adl/verbs/satisfied";

/// The category of cmi5 defined statements.
pub const CATEGORY: &str = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
/// The category of what decides whether a learner may move on.
pub const CATEGORY_MOVE_ON: &str = "https://w3id.org/xapi/cmi5/context/categories/moveon";

/// The extension with the id of a session.
pub const SESSION_ID: &str = "https://w3id.org/xapi/cmi5/context/extensions/sessionid";
/// The extension with the mastery score.
pub const MASTERY_SCORE: &str = "https://w3id.org/xapi/cmi5/context/extensions/masteryscore";
/// The extension with the launch mode.
pub const LAUNCH_MODE: &str = "https://w3id.org/xapi/cmi5/context/extensions/launchmode";
/// The extension with the address of the unit.
pub const LAUNCH_URL: &str = "https://w3id.org/xapi/cmi5/context/extensions/launchurl";
/// The extension with what decides whether a learner may move on.
pub const MOVE_ON: &str = "https://w3id.org/xapi/cmi5/context/extensions/moveon";
/// The extension with the launch parameters.
pub const LAUNCH_PARAMETERS: &str = "https://w3id.org/xapi/cmi5/context/extensions/launchparameters";
/// The extension with the progress, in percent.
pub const PROGRESS: &str = "https://w3id.org/xapi/cmi5/result/extensions/progress";
/// The extension with the reason of a waiver.
pub const REASON: &str = "https://w3id.org/xapi/cmi5/result/extensions/reason";

/// The type of a block.
pub const BLOCK: &str = "https://w3id.org/xapi/cmi5/activitytype/block";
/// The type of a course.
pub const COURSE: &str = "https://w3id.org/xapi/cmi5/activitytype/course";

/// The state with the launch data.
pub const LAUNCH_DATA: &str = "LMS.LaunchData";
/// The profile with a learner's preferences.
pub const PREFERENCES: &str = "cmi5LearnerPreferences";

/// The namespace of course structures.
pub const NAMESPACE: &str = "https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd";
/// What the file with the course structure is called.
pub const MANIFEST: &str = "cmi5.xml";
