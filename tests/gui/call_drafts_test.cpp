#include "gui/calls/call_drafts.hpp"
#include "gui/calls/drafts_dialog.hpp"
#include "gui/fake_bridge.hpp"
#include "tocsin/gui/call_desk.hpp"
#include "tocsin/gui/call_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>
#include <csignal>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tocsin::gui {
namespace {

namespace fs = std::filesystem;

class DraftsTest : public testing::Test {
  protected:
    DraftsTest() { Words::useZone(QTimeZone::utc()); }
    [[nodiscard]] std::vector<CallDraft> kept(CallDrafts& from) {
        std::optional<std::vector<CallDraft>> out;
        from.list(&from, [&](std::vector<CallDraft> found) { out = std::move(found); });
        EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, 10'000));
        return out.value_or(std::vector<CallDraft>{});
    }
    [[nodiscard]] CallDraft draft(const char* text) {
        auto d = CallDraft::begun(desk.time);
        d.fields[QStringLiteral("text")] = QString::fromUtf8(text);
        return d;
    }
    QTemporaryDir temporary;
    fs::path folder{temporary.filePath(QStringLiteral("county/drafts")).toStdString()};
    test::FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString code{QStringLiteral("en")};
    UiContext ui{desk, theme, selection, code};
};

TEST_F(DraftsTest, everyCharacterComesBackAndOnlyTheOwnerMayReadIt) {
    CallDrafts drafts(folder);
    CallDraft one = draft("Wasser \"im\" Keller\n莱茵河大堤渗水 🌊 \t\\ <b>&amp;</b>");
    one.fields[QStringLiteral("phone")] = QStringLiteral("+423 000 00 00");
    one.fields[QStringLiteral("happened")] = QStringLiteral("25:99");
    one.position = model::Position::trusted(47.12345678901, -9.5);
    one.happenedAt = desk.time - std::chrono::minutes(3);
    drafts.save(one);
    drafts.wait();
    const auto found = kept(drafts);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], one);
    struct stat facts{};
    ASSERT_EQ(::stat(drafts.fileOf(one.id).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
    ASSERT_EQ(::stat(folder.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0700U);
}

TEST_F(DraftsTest, theNewestOfManyIsOnDiskAndWhatIsRemovedIsGone) {
    CallDrafts drafts(folder);
    CallDraft one = draft("");
    for (int i = 0; i < 200; ++i) {
        one.fields[QStringLiteral("text")] = QString::number(i);
        drafts.save(one);
    }
    drafts.wait();
    ASSERT_EQ(kept(drafts).size(), 1U);
    EXPECT_EQ(kept(drafts)[0].field("text"), QStringLiteral("199"));
    drafts.save(one);
    drafts.remove(one.id);
    EXPECT_TRUE(kept(drafts).empty());
}

TEST_F(DraftsTest, whatIsNoDraftIsLeftAloneAndHarmsNobody) {
    fs::create_directories(folder);
    const auto put = [&](const std::string& name, const std::string& text) { std::ofstream(folder / name) << text; };
    CallDrafts drafts(folder);
    const CallDraft good = draft("good");
    drafts.save(good);
    drafts.wait();
    const std::string json = toJson(draft("other")).toStdString();
    put("call-00000000-0000-4000-8000-000000000001.json", json); // says that it is another
    put("call-00000000-0000-4000-8000-000000000002.json", "{\"id\":");
    put("call-00000000-0000-4000-8000-000000000003.json", "[]");
    put("call-00000000-0000-4000-8000-000000000004.json",
        R"({"id":"00000000-0000-4000-8000-000000000004","startedAt":"yesterday","savedAt":""})");
    put("call-00000000-0000-4000-8000-000000000005.json",
        R"({"id":"00000000-0000-4000-8000-000000000005","startedAt":"2026-01-01T00:00:00Z","savedAt":"2026-01-01T00:00:00Z","latitude":1e99,"longitude":1})");
    put("call-00000000-0000-4000-8000-000000000006.json.part", "half a");
    put("notes.txt", "mine");
    const auto found = kept(drafts);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], good);
    EXPECT_TRUE(fs::exists(folder / "notes.txt"));
    EXPECT_TRUE(fs::exists(folder / "call-00000000-0000-4000-8000-000000000002.json"));
    EXPECT_FALSE(fs::exists(folder / "call-00000000-0000-4000-8000-000000000006.json.part"));
}

TEST_F(DraftsTest, aFolderThatCannotBeWrittenIsSaid) {
    std::ofstream(temporary.filePath(QStringLiteral("county")).toStdString()) << "a file where a folder should be";
    auto drafts = std::make_shared<CallDrafts>(folder);
    CallDialog dialog(CallDialog::Parts{ui, drafts, {}, {}, {}, true});
    dialog.findChild<QLineEdit*>(QStringLiteral("call_phone"))->setText(QStringLiteral("079"));
    auto* state = dialog.findChild<QLabel*>(QStringLiteral("callState"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return state->text().startsWith(QStringLiteral("What you type cannot be kept")); },
                                10'000))
        << state->text().toStdString();
}

/// The program is killed while a call is typed: whatever had been typed when the typing paused is there at the next
/// start. The child is this very program, asked to type and wait.
TEST_F(DraftsTest, aKilledProgramLosesNoCharacter) {
    const char* inner = std::getenv("TOCSIN_TEST_CALL_FOLDER");
    const QString text = QString::fromUtf8("Brown water at the old bridge，水很浑");
    if (inner != nullptr) {
        auto drafts = std::make_shared<CallDrafts>(fs::path(inner));
        auto* dialog = new CallDialog(CallDialog::Parts{ui, drafts, {}, {}, {}, true});
        dialog->show();
        dialog->findChild<QPlainTextEdit*>(QStringLiteral("call_text"))->insertPlainText(text);
        dialog->findChild<QLineEdit*>(QStringLiteral("call_phone"))->setText(QStringLiteral("079 123"));
        dialog->findChild<QPlainTextEdit*>(QStringLiteral("call_trend"))->insertPlainText(QStringLiteral("rising"));
        dialog->place(model::Position::trusted(47.13, 9.52));
        ASSERT_TRUE(QTest::qWaitFor([&] { return fs::exists(drafts->fileOf(dialog->callId())); }, 10'000));
        ::raise(SIGKILL);
    }
    const std::string filter = "--gtest_filter=DraftsTest.aKilledProgramLosesNoCharacter";
    const std::string self = fs::read_symlink("/proc/self/exe").string();
    ::setenv("TOCSIN_TEST_CALL_FOLDER", folder.c_str(), 1);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::execl(self.c_str(), self.c_str(), filter.c_str(), nullptr);
        ::_exit(127);
    }
    ::unsetenv("TOCSIN_TEST_CALL_FOLDER");
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;

    QWidget window;
    CallDesk calls(CallDesk::Parts{ui, {}, {}, nullptr, folder, &window});
    calls.offerDrafts();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.findChild<DraftsDialog*>() != nullptr; }, 10'000));
    window.findChild<QAbstractButton*>(QStringLiteral("callDraftContinue0"))->click();
    ASSERT_EQ(calls.open().size(), 1);
    const CallDialog& again = *calls.open().front();
    EXPECT_EQ(again.findChild<QPlainTextEdit*>(QStringLiteral("call_text"))->toPlainText(), text);
    EXPECT_EQ(again.findChild<QLineEdit*>(QStringLiteral("call_phone"))->text(), QStringLiteral("079 123"));
    EXPECT_EQ(again.findChild<QPlainTextEdit*>(QStringLiteral("call_trend"))->toPlainText(), QStringLiteral("rising"));
    EXPECT_TRUE(again.findChild<QLabel*>(QStringLiteral("callPlaceState"))->text().contains(QStringLiteral("47.13")));
}

TEST_F(DraftsTest, severalUnfinishedCallsAreAListOfWhichEachIsContinuedOrDiscarded) {
    QString second;
    {
        CallDrafts drafts(folder);
        CallDraft one = draft("The cellar is full");
        one.startedAt = desk.time - std::chrono::minutes(9);
        one.fields[QStringLiteral("place")] = QStringLiteral("Steg");
        drafts.save(one);
        const CallDraft two = draft("Stones on the road");
        second = two.id;
        drafts.save(two);
    }
    QWidget window;
    CallDesk calls(CallDesk::Parts{ui, {}, {}, nullptr, folder, &window});
    calls.offerDrafts();
    ASSERT_TRUE(QTest::qWaitFor([&] { return window.findChild<DraftsDialog*>() != nullptr; }, 10'000));
    auto* list = window.findChild<DraftsDialog*>();
    const auto labels = list->findChildren<QLabel*>();
    EXPECT_TRUE(std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return label->text() == QStringLiteral("A call of %1 from Steg was not finished")
                                    .arg(Words::hourMinute(desk.time - std::chrono::minutes(9)));
    }));
    list->findChild<QAbstractButton*>(QStringLiteral("callDraftDiscard1"))->click();
    list->findChild<QAbstractButton*>(QStringLiteral("callDraftContinue0"))->click();
    ASSERT_EQ(calls.open().size(), 1);
    EXPECT_NE(calls.open().front()->callId(), second);
    EXPECT_EQ(calls.open().front()->findChild<QPlainTextEdit*>(QStringLiteral("call_text"))->toPlainText(),
              QStringLiteral("The cellar is full"));
    CallDrafts reader(folder);
    EXPECT_TRUE(QTest::qWaitFor([&] { return !fs::exists(reader.fileOf(second)); }, 10'000));
}

TEST_F(DraftsTest, twoCallsAreOpenAtOnceAndAreKeptWhenTheWindowGoes) {
    {
        QWidget window;
        CallDesk calls(CallDesk::Parts{ui, {}, {}, nullptr, folder, &window});
        for (const char* phone : {"079 1", "079 2"})
            calls.newCall()->findChild<QLineEdit*>(QStringLiteral("call_phone"))->setText(QString::fromLatin1(phone));
        EXPECT_EQ(calls.open().size(), 2);
        EXPECT_TRUE(calls.open()[0]->isVisible() && calls.open()[1]->isVisible());
    }
    CallDrafts reader(folder);
    EXPECT_EQ(kept(reader).size(), 2U);
}

} // namespace
} // namespace tocsin::gui
