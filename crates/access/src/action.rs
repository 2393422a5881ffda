use std::fmt;
use std::str::FromStr;

macro_rules! actions {
    ($($(#[$meta:meta])* $name:ident = $id:literal,)*) => {
        /// Everything that a request can ask for. Each route names one; `data/permissions.toml` says who may.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action { $($(#[$meta])* $name,)* }

        impl Action {
            /// Every action.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The identifier, as in `data/permissions.toml`.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }
        }
    };
}

actions! {
    /// Read a public page.
    ReadPublic = "read_public",
    /// Apply for a session, ask for one's links, ask to be told.
    Apply = "apply",
    /// Open the link of an application.
    OpenLink = "open_link",
    /// See and change the application whose link one opened, or one's own.
    KeepApplication = "keep_application",
    /// Go from the lobby to one's own page, sit down before somebody's screen, say that one is still there.
    EnterLobby = "enter_lobby",
    /// Join the session of one's own application, answer its questionnaire, open a screen for others.
    Attend = "attend",
    /// Ask a question to the secretariat.
    Inquire = "inquire",
    /// Sign in.
    SignIn = "sign_in",
    /// See one's own pages.
    SeeMine = "see_mine",
    /// Change how one signs in, end one's sign-ins.
    KeepMyAccount = "keep_my_account",
    /// Show the strongest factor again.
    StepUp = "step_up",
    /// See the home of the secretariat.
    SeeStaffHome = "see_staff_home",
    /// See a programme, its sessions and their figures as staff.
    SeeProgrammes = "see_programmes",
    /// Change courses and sessions.
    EditProgrammes = "edit_programmes",
    /// Say where a session is held, and switch to another meeting.
    EditMeetings = "edit_meetings",
    /// See what was answered to the questionnaire of a session.
    SeeAnswers = "see_answers",
    /// See figures, and the monthly reports.
    SeeFigures = "see_figures",
    /// Issue the report of a month.
    IssueReports = "issue_reports",
    /// Watch recordings, have what was seen put down, take materials.
    WatchArchive = "watch_archive",
    /// Read courses, answer the questions of their units, make the sheets to teach them in house.
    ReadCourses = "read_courses",
    /// Have what one learns put down, take tests, see one's own record.
    Learn = "learn",
    /// Keep the list of one's own institution's staff, assign courses to them, see how far they are, record what was done in house.
    AssignLearning = "assign_learning",
    /// The same for every institution; see who learns from course packages, waive their units, end their sessions.
    OverseeLearning = "oversee_learning",
    /// Put recordings and materials there, and say when they are open.
    EditArchive = "edit_archive",
    /// Approve a change of courses and sessions.
    ApprovePlans = "approve_plans",
    /// Make an approved change of courses and sessions public.
    PublishPlans = "publish_plans",
    /// See who applied.
    SeeApplicants = "see_applicants",
    /// Enter, move or cancel an application for somebody.
    EditApplicants = "edit_applicants",
    /// See who was there.
    SeeAttendance = "see_attendance",
    /// Bring in who was there, decide about it, close it.
    EditAttendance = "edit_attendance",
    /// Take lists of people out of the portal.
    ExportApplicants = "export_applicants",
    /// Agree that somebody else takes a long list of people out of the portal.
    ApproveExports = "approve_exports",
    /// Check whether a certificate is genuine, by its code.
    VerifyCertificate = "verify_certificate",
    /// See certificates and the records of institutions.
    SeeCertificates = "see_certificates",
    /// See the records of one's own institution or association and of those below it, and take them along.
    SeeOwnRecords = "see_own_records",
    /// Reissue and revoke certificates, set what a series asks for.
    EditCertificates = "edit_certificates",
    /// Bring in lists.
    ImportLists = "import_lists",
    /// Set which mails go out by themselves around a session, and when.
    EditMails = "edit_mails",
    /// See what became of mails.
    SeeDelivery = "see_delivery",
    /// See notices, FAQ and courses of e-learning that are not public yet.
    SeeDrafts = "see_drafts",
    /// Write notices, FAQ, fixed pages and courses of e-learning.
    EditTexts = "edit_texts",
    /// Approve what goes public.
    ApproveTexts = "approve_texts",
    /// Make approved texts public.
    PublishTexts = "publish_texts",
    /// Read and answer inquiries.
    AnswerInquiries = "answer_inquiries",
    /// Change names, contacts and other settings.
    EditSettings = "edit_settings",
    /// See failed jobs and mails, and try them again.
    SeeOperation = "see_operation",
    /// Try failed jobs and mails again, or retire them.
    EditOperation = "edit_operation",
    /// Read the audit trail.
    ReadAudit = "read_audit",
    /// Give and end roles.
    GrantRoles = "grant_roles",
    /// Make sure who it is that asks for a new way to sign in, at one's own institution or association and below it.
    ApproveRecoveries = "approve_recoveries",
    /// Make and end API tokens.
    KeepTokens = "keep_tokens",
    /// Read programmes by the API.
    ReadApi = "read_api",
    /// Read applications by the API.
    ReadApplicationsApi = "read_applications_api",
    /// Say which mails came back.
    ReportBounces = "report_bounces",
    /// Speak to the record store, which finds out for itself who asks.
    ReachRecords = "reach_records",
    /// Read the record store.
    ReadRecords = "read_records",
    /// Store in the record store.
    WriteRecords = "write_records",
    /// See what other systems have put into the record store.
    SeeRecords = "see_records",
    /// Make and end the programs that speak to the record store.
    KeepRecordClients = "keep_record_clients",
    /// Bring course packages in by a program, launch their units, let them count as done.
    KeepPackages = "keep_packages",
    /// Report an incident, or come back to one by its number and words.
    ReportIncident = "report_incident",
    /// See and keep the case for which one's browser holds a way in.
    KeepCase = "keep_case",
    /// See the queue of the first-response desk.
    SeeDesk = "see_desk",
    /// Work on cases.
    WorkCase = "work_case",
    /// Decide what a responder alone may not.
    LeadDesk = "lead_desk",
    /// See how many cases came to the first-response desk, with small numbers hidden.
    SeeDeskFigures = "see_desk_figures",
    /// Begin an exercise of one's own institution with the first-response desk.
    BeginExercise = "begin_exercise",
    /// Ask whether the program is well.
    SeeHealth = "see_health",
    /// Use the demo's own pages.
    UseDemo = "use_demo",
}

impl FromStr for Action {
    type Err = ();
    fn from_str(id: &str) -> Result<Self, ()> {
        Self::ALL.iter().copied().find(|action| action.id() == id).ok_or(())
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
