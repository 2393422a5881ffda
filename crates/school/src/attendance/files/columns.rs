use unicode_normalization::UnicodeNormalization;

use super::Tool;

/// What a column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Name,
    Address,
    /// An account's name, which mostly is an address.
    Account,
    Join,
    Leave,
    /// From joining to leaving.
    Length,
    /// All stays together.
    Total,
    /// What the meeting was called, in every row.
    Title,
}

/// Headings in English and Japanese, folded as by [`folded`]. The tools have changed their wording over the years.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Name,
        &[
            "nameoriginalname",
            "name",
            "displayname",
            "attendeename",
            "fullname",
            "participant",
            "participantname",
            "username",
            "usernameoriginalname",
            "名前元の名前",
            "名前",
            "氏名",
            "表示名",
            "出席者名",
            "参加者名",
            "出席者の名前",
            "参加者の名前",
            "ユーザー名元の名前",
            "ユーザー名",
            "ユーザー名オリジナルの名前",
            "名前オリジナルの名前",
        ],
    ),
    (
        Column::Address,
        &[
            "useremail",
            "email",
            "attendeeemail",
            "emailaddress",
            "mailaddress",
            "mail",
            "ユーザーのメールアドレス",
            "ユーザーのメール",
            "ユーザーメール",
            "メールアドレス",
            "メール",
            "電子メール",
            "eメール",
            "出席者のメールアドレス",
            "出席者メールアドレス",
            "出席者のメール",
            "参加者のメールアドレス",
            "参加者メールアドレス",
            "電子メールアドレス",
        ],
    ),
    (Column::Account, &["participantidupn", "upn", "userprincipalname", "参加者idupn"]),
    (
        Column::Join,
        &[
            "jointime",
            "joined",
            "joinedat",
            "参加時刻",
            "参加時間",
            "参加日時",
            "参加した時刻",
            "入室時刻",
            "入室日時",
            "接続開始時刻",
            "加入時刻",
        ],
    ),
    (
        Column::Leave,
        &[
            "leavetime",
            "left",
            "leftat",
            "退出時刻",
            "退出時間",
            "退出日時",
            "退出した時刻",
            "退室時刻",
            "退室日時",
            "離脱時刻",
            "接続終了時刻",
        ],
    ),
    (
        Column::Length,
        &[
            "durationminutes",
            "duration",
            "attendanceduration",
            "attendancedurationminutes",
            "時間分",
            "期間",
            "継続時間",
            "出席時間",
            "出席期間",
            "所要時間分",
            "所要時間",
            "接続時間",
        ],
    ),
    (
        Column::Total,
        &[
            "totaldurationminutes",
            "totalduration",
            "inmeetingduration",
            "合計時間分",
            "合計所要時間分",
            "合計継続時間分",
            "総時間分",
            "会議の長さ",
            "会議中の継続時間",
            "会議中の時間",
            "会議内の継続時間",
        ],
    ),
    (Column::Title, &["meetingname", "会議名", "ミーティング名", "会議の名前"]),
];

/// Headings that only one tool has.
const TELLING: &[(Tool, &[&str])] = &[
    (
        Tool::Webex,
        &[
            "attendeeemail",
            "attendanceduration",
            "connectiontype",
            "出席者のメールアドレス",
            "出席者メールアドレス",
            "出席者のメール",
            "接続タイプ",
            "接続の種類",
            "接続種別",
        ],
    ),
    (
        Tool::Teams,
        &[
            "firstjoin",
            "lastleave",
            "inmeetingduration",
            "participantidupn",
            "参加者idupn",
            "初めての参加",
            "最初の参加",
            "最終退出",
            "最後の退出",
            "会議の長さ",
        ],
    ),
    (
        Tool::Zoom,
        &[
            "nameoriginalname",
            "recordingconsent",
            "guest",
            "inwaitingroom",
            "totaldurationminutes",
            "名前元の名前",
            "ユーザー名元の名前",
            "録画に同意",
            "録画への同意",
            "レコーディングの同意",
            "ゲスト",
            "待機室",
            "合計時間分",
        ],
    ),
];

/// The row of headings over a list of participants.
#[derive(Clone, Debug)]
pub struct Headings {
    found: Vec<(Column, usize)>,
    /// The tool that words them so.
    pub tool: Tool,
}

impl Headings {
    /// Reads a row, if it is the row of headings of a list: a name, and from when until when or how long.
    pub fn of(cells: &[String]) -> Option<Self> {
        let cells: Vec<String> = cells.iter().map(|cell| folded(cell)).collect();
        let mut found: Vec<(Column, usize)> = Vec::new();
        for (column, names) in NAMES {
            // The first heading counts: Zoom repeats the host's address on the right.
            if let Some(at) = cells.iter().position(|cell| names.contains(&cell.as_str())) {
                found.push((*column, at));
            }
        }
        let has = |column: Column| found.iter().any(|(known, _)| *known == column);
        let is_list = has(Column::Name) && ((has(Column::Join) && (has(Column::Leave) || has(Column::Length))) || has(Column::Total));
        let tells = |names: &&[&str]| cells.iter().filter(|cell| names.contains(&cell.as_str())).count();
        let most =
            TELLING.iter().map(|(tool, names)| (*tool, tells(names))).filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count);
        is_list.then_some(Self { found, tool: most.map_or(Tool::Other, |(tool, _)| tool) })
    }

    /// Whether the list says when people came.
    pub fn has_times(&self) -> bool {
        self.found.iter().any(|(column, _)| *column == Column::Join)
    }

    /// The cell of a column in a row; empty if there is none.
    pub fn cell<'a>(&self, cells: &'a [String], column: Column) -> &'a str {
        let at = self.found.iter().find(|(known, _)| *known == column).map(|(_, at)| *at);
        at.and_then(|at| cells.get(at)).map_or("", |cell| bare(cell))
    }
}

/// Webex writes texts as formulas, so that a spreadsheet leaves them alone: `="2026-12-23 17:00:00"`.
pub fn bare(cell: &str) -> &str {
    let cell = cell.trim();
    cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')).unwrap_or(cell).trim()
}

/// A heading without what differs from release to release: widths, case, spaces, brackets, marks.
pub fn folded(heading: &str) -> String {
    bare(heading).nfkc().flat_map(char::to_lowercase).filter(|letter| letter.is_alphanumeric() || *letter == 'ー').collect()
}
