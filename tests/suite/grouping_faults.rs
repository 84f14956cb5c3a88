//! What does a user read who made a mistake in a grouping? Word for word.

use support::core;
use upr::count::Grouping;

#[track_caller]
fn fails(table: &str, groups: Option<&str>, about: &str, message: &str) {
    let mut files = vec![("grouping.csv", about), ("table.csv", table)];
    files.extend(groups.map(|groups| ("groups.csv", groups)));
    let error = Grouping::from_files("mine", files, core()).expect_err("a fault");
    assert_eq!(error.to_string(), message);
}

#[test]
fn faults_are_told_with_file_line_and_column() {
    let about = "key,value\nname,mine\nversion,1\n";
    let groups = Some("group,label\nlaw,Law\nhome,Home\n");
    fails(
        "issue,group\nicd,law\n",
        groups,
        about,
        "mine/table.csv, line 2, column issue: found \"icd\", expected an issue of the codebook core",
    );
    fails(
        "issue,group\nicc,law\nicc,lwa\n",
        groups,
        about,
        "mine/table.csv, line 3, column group: found \"lwa\", expected a group of groups.csv, or outside",
    );
    fails(
        "issue,group\nicc,law\nhousing,home\nicc,law\n",
        groups,
        about,
        "mine/table.csv, line 4, column group: found \"law\" again for icc (first in line 2), expected each group once \
         for an issue",
    );
    fails(
        "issue,group\nicc,law\nicc,outside\n",
        groups,
        about,
        "mine/table.csv, line 3, column group: found \"outside\" for icc, which is in line 2, expected either \
         groups or outside",
    );
    fails(
        "issue,group,relation\nicc,law,equal\n",
        groups,
        about,
        "mine/table.csv, line 2, column relation: found \"equal\", expected \"same\", \"narrower\", \"broader\" and \
         \"overlaps\", or an empty cell",
    );
    fails(
        "issue,group,relation\nicc,outside,same\n",
        groups,
        about,
        "mine/table.csv, line 2, column relation: found \"same\", expected an empty cell beside outside",
    );
    fails(
        "issue,group,label\nicc,law,Law\n",
        groups,
        about,
        "mine/table.csv, line 2, column label: found \"Law\", expected an empty cell, for the groups are given elsewhere",
    );
    fails(
        "issue,group\nicc,the law\n",
        None,
        about,
        "mine/table.csv, line 2, column group: found \"the law\", expected a code of letters, digits and hyphens",
    );
    fails(
        "issue,group\nicc,\n",
        None,
        about,
        "mine/table.csv, line 2, column group: found \"\", expected a code of letters, digits and hyphens",
    );
    fails(
        "issue,group\nicc,untagged\n",
        None,
        about,
        "mine/table.csv, line 2, column group: found \"untagged\", expected another code, since this one stands for \
         what has no group",
    );
    fails(
        "issue,group\nicc,law\n",
        Some("group,label\nlaw,Law\nlaw,Courts\n"),
        about,
        "mine/groups.csv, line 3, column group: found \"law\" again (first in line 2), expected a code that is used once",
    );
    fails(
        "issue,chapter\nicc,law\n",
        groups,
        about,
        "mine/table.csv, line 1: found the column \"chapter\", expected the columns \"issue\", \"group\", \"relation\", \"note\", \
         \"label\" and \"definition\"",
    );
    fails(
        "issue,group\nicc,law\n",
        groups,
        "key,value\nname,mine\n",
        "mine/grouping.csv: found no version, expected a name and a version",
    );
    fails(
        "issue,group\nicc,law\n",
        None,
        "key,value\nname,mine\nversion,1\ngroups,uhri\n",
        "mine/grouping.csv, line 4, column value: found \"uhri\", expected a bundled codebook, one of \"core\" and \"upr-info\"",
    );
    fails(
        "issue,group\nicc,justice\n",
        groups,
        "key,value\nname,mine\nversion,1\ngroups,upr-info\n",
        "mine/groups.csv, line 2, column group: found \"law\", expected no groups.csv where grouping.csv names a \
         codebook as groups",
    );
    fails(
        "issue,group\nicc,courts\n",
        None,
        "key,value\nname,mine\nversion,1\ngroups,upr-info\n",
        "mine/table.csv, line 2, column group: found \"courts\", expected an issue of the codebook upr-info, or outside",
    );
    let missing = Grouping::from_files("mine", [("grouping.csv", about)], core());
    assert_eq!(
        missing.expect_err("no table").to_string(),
        "mine/table.csv: found no such file, expected one with the columns \"issue\", \"group\", \"relation\", \
         \"note\", \"label\" and \"definition\""
    );
    assert_eq!(
        Grouping::bundled("sdg", core()).expect_err("no such grouping").to_string(),
        "grouping: found no bundled grouping \"sdg\", expected one of \"upr-info\", \"core\", \"ohchr-themes\", \
         \"ohchr-themes-cycle-2\", \"sdgs\", \"blueprints-2021\" and \"five-stages\""
    );
    let nowhere = Grouping::load("no-such-grouping.csv", core()).expect_err("nothing");
    assert_eq!(nowhere.to_string(), "no-such-grouping.csv: cannot be read");
}
