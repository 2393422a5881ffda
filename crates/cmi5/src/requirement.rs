//! The numbers of the requirements that refusals name.
//!
//! They are those of the list behind ADL's test suites: the section of the specification and a number within it. `MIST-…` are our
//! own limits.

pub use xapi::Requirement;

xapi::requirements! {
    IRI = "3.0.0.0-1", "IRIs are whole ones.";
    VOIDING = "6.3.0.0-1", "A unit voids nothing.";
    KINDS = "7.1.3.0-1", "A statement is cmi5 defined, or cmi5 allowed and stands between Initialized and Terminated.";
    RESERVED = "8.1.0.0-6", "The query of a unit's address has none of the names of a launch.";
    TOKEN = "8.1.2.0-2", "A token is good for its session.";
    ACTOR = "8.1.3.0-3", "What is asked for a learner is asked for the one of the session.";
    REGISTRATION_USED = "8.1.4.0-3", "What is asked for a registration is asked for the one of the session.";
    ACTIVITY = "8.1.5.0-6", "The object of cmi5 defined statements is the unit.";
    STATEMENT_ID = "9.1.0.0-1", "A statement has an id.";
    AGENT = "9.2.0.0-2", "The actor is an agent.";
    ACCOUNT = "9.2.0.0-3", "The actor is told by an account.";
    VERB_ONCE = "9.3.0.0-2", "A cmi5 defined verb is said once in a session.";
    PASSED_OR_FAILED = "9.3.0.0-3", "A session says one of Passed and Failed.";
    INITIALIZED_FIRST = "9.3.0.0-4", "Initialized is the first statement.";
    TERMINATED_LAST = "9.3.0.0-5", "Terminated is the last statement.";
    COMPLETED_ONCE = "9.3.0.0-6", "Completed is said once in a registration.";
    PASSED_ONCE = "9.3.0.0-7", "Passed is said once in a registration.";
    FAILED_AFTER_PASSED = "9.3.0.0-8", "Failed does not follow Passed.";
    WAIVED_ONCE = "9.3.0.0-11", "A unit is waived once in a registration.";
    INITIALIZED_ONCE = "9.3.2.0-3", "Initialized is said once in a session.";
    PASSED_SCORE = "9.3.4.0-2", "A score that passes reaches the mastery score.";
    FAILED_SCORE = "9.3.5.0-2", "A score that fails does not reach the mastery score.";
    ABANDONED = "9.3.6.0-2", "Nothing follows Abandoned.";
    REASON = "9.3.7.0-2", "A waiver has a reason.";
    SCORE_PLACE = "9.5.1.0-2", "Only Passed and Failed have a score.";
    SCORE_RANGE = "9.5.1.0-3", "A raw score comes with its minimum and maximum; a scaled one lies between 0 and 1.";
    SUCCESS_TRUE = "9.5.2.0-1", "Passed says success.";
    SUCCESS_FALSE = "9.5.2.0-2", "Failed says no success.";
    SUCCESS_PLACE = "9.5.2.0-3", "No other statement speaks of success.";
    COMPLETION_TRUE = "9.5.3.0-1", "Completed says completion.";
    COMPLETION_PLACE = "9.5.3.0-2", "No other statement speaks of completion.";
    DURATION_TERMINATED = "9.5.4.1-1", "Terminated has a duration.";
    DURATION_COMPLETED = "9.5.4.1-2", "Completed has a duration.";
    DURATION_PASSED = "9.5.4.1-3", "Passed has a duration.";
    DURATION_FAILED = "9.5.4.1-4", "Failed has a duration.";
    PROGRESS = "9.5.5.1-1", "Progress is a whole number from 0 to 100.";
    CONTEXT = "9.6.0.0-1", "A statement has a context.";
    REGISTRATION = "9.6.1.0-1", "The registration is the one of the launch.";
    MOVE_ON_MISSING = "9.6.2.2-1", "What speaks of success or completion has the moveOn category.";
    MOVE_ON_MISPLACED = "9.6.2.2-2", "Nothing else has the moveOn category.";
    SESSION_ID = "9.6.3.1-4", "A statement has the id of its session.";
    MASTERY_SCORE = "9.6.3.2-2", "What is judged by a mastery score says it.";
    TIMESTAMP = "9.7.0.0-1", "A statement has a timestamp.";
    UTC = "9.7.0.0-2", "Timestamps are in UTC.";
    LAUNCH_DATA_READ = "10.2.1.0-4", "A unit reads its launch data.";
    LAUNCH_DATA_KEPT = "10.2.1.0-5", "A unit does not change its launch data.";
    TEMPLATE = "10.2.1.0-6", "The context of statements is made from the template.";
    MODE = "10.2.2.0-5", "Only a normal launch completes, passes or fails.";
    PROFILE_AGENT = "11.0.0.0-1", "A profile is the learner's.";
    PREFERENCES_READ = "11.0.0.0-3", "A unit reads its learner's preferences.";
    PREFERENCES_NAME = "11.0.0.0-4", "The profile of a learner holds their preferences and nothing else.";
    PREFERENCES = "11.0.0.0-5", "Preferences are an object with languages and sound.";
    LANGUAGES = "11.1.0.0-1", "Languages are tags, with commas between them.";
    BLOCK_ID = "13.1.2.0-1", "The id of a block stands once.";
    OBJECTIVE_ID = "13.1.3.0-1", "The id of an objective stands once.";
    UNIT_ID = "13.1.4.0-1", "The id of a unit stands once.";
    UNIT_URL = "13.1.4.0-2", "The address of a unit is one.";
    SCHEMA = "13.2.0.0-1", "A course structure has the elements and values of its schema.";
    FORMATS = "14.0.0.0-1", "A package is a ZIP or the XML of a course structure.";
    ZIP = "14.1.0.0-1", "A ZIP follows its specification.";
    MANIFEST = "14.1.0.0-2", "A ZIP has a cmi5.xml at its root.";
    FILES = "14.1.0.0-4", "What a ZIP does not hold has a whole address.";
    WHOLE_URL = "14.2.0.0-1", "Without a ZIP every address is a whole one.";
    LIMIT = "MIST-1", "A package keeps within what can be read without harm.";
    HARMLESS = "MIST-2", "Nothing in a package leads out of it.";
}
