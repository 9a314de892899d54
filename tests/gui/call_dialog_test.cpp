#include "gui/calls/call_drafts.hpp"
#include "gui/calls/call_fields.hpp"
#include "gui/calls/likeness_list.hpp"
#include "gui/calls/place_field.hpp"
#include "gui/panels_support.hpp"
#include "tocsin/gui/call_dialog.hpp"
#include "tocsin/gui/panels/new_incident_dialog.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <set>
#include <utility>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

const auto steg = model::Position::trusted(47.1100, 9.5770);

/// A desk that records calls as the real one does: the same id twice is one.
class CallBridge : public test::FakeBridge {
  public:
    void send(desk::CommandBody body, QObject* context = nullptr, Answer answer = {}) override {
        const auto* call = body.as<desk::RecordCall>();
        if (refuseJoin && body.as<desk::JoinReports>() != nullptr)
            refuseNext = std::exchange(refuseJoin, std::nullopt);
        if (call == nullptr || refuseNext)
            return FakeBridge::send(std::move(body), context, std::move(answer));
        sent.push_back(body);
        model::Report report = call->report;
        auto& known = ids[report.sourceId];
        if (known.isNull())
            known = id<model::ReportId>(200 + static_cast<unsigned>(ids.size()));
        report.id = known;
        report.contact = {};
        scene().state.reports[known] = report;
        desk::Done done;
        done.ids = {known.toString()};
        if (answer)
            answer(done);
    }
    template <typename Command>
    [[nodiscard]] std::vector<Command> all() const {
        std::vector<Command> out;
        for (const auto& body : sent) {
            if (const auto* one = body.as<Command>())
                out.push_back(*one);
        }
        return out;
    }
    std::map<std::string, model::ReportId> ids;
    std::optional<base::Error> refuseJoin; ///< answers the next JoinReports with this
};

class CallTest : public testing::Test {
  protected:
    CallTest() { Words::useZone(QTimeZone("Europe/Vaduz")); }
    ~CallTest() override { dialog.reset(); }

    CallDialog::Parts parts() {
        CallDialog::Parts p{ui, drafts, {}, {}, {}, true};
        p.search = [](const QString& text, std::optional<model::Position>, std::size_t most) {
            const std::vector<FoundPlace> known{
                {QStringLiteral("Steg"), QStringLiteral("village · Triesenberg"), steg, 14},
                {QStringLiteral("Stegbach"), QStringLiteral("stream"), model::Position::trusted(47.1, 9.5), 2},
                {QStringLiteral("瓦杜兹"), QStringLiteral("镇"), model::Position::trusted(47.141, 9.521), 18}};
            std::vector<FoundPlace> out;
            for (const auto& place : known) {
                if (place.name.startsWith(text, Qt::CaseInsensitive) && out.size() < most)
                    out.push_back(place);
            }
            return out;
        };
        p.knowledge.address = [](const model::Position&) { return test::both("Steg, Triesenberg", "特里森贝格 施泰格"); };
        return p;
    }
    void open() {
        dialog = std::make_unique<CallDialog>(parts());
        shown();
    }
    void shown() {
        dialog->show();
        QApplication::setActiveWindow(dialog.get());
        settle();
    }
    static void settle() {
        for (int i = 0; i < 6; ++i)
            QCoreApplication::processEvents();
    }
    template <typename Widget = QWidget>
    [[nodiscard]] Widget* find(const char* name) const {
        auto* found = dialog->findChild<Widget*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    void key(int k, Qt::KeyboardModifiers with = Qt::NoModifier) {
        ++keys;
        QTest::keyClick(dialog->focusWidget() != nullptr ? dialog->focusWidget() : dialog.get(), static_cast<Qt::Key>(k),
                        with);
    }
    void type(const QString& text) {
        for (const QChar c : text) {
            ++keys;
            if (c.unicode() < 128) {
                QTest::keyClick(dialog->focusWidget(), c.toLatin1());
            } else { // as an input method commits it
                QInputMethodEvent event;
                event.setCommitString(QString(c));
                QCoreApplication::sendEvent(dialog->focusWidget(), &event);
            }
        }
    }
    /// A call that the desk finds alike to report 1, which is chosen as the same.
    void aboutReport1() {
        open();
        dialog->place(model::Position::trusted(47.1521, 9.5151)); // where report 1 is
        key(Qt::Key_1, Qt::AltModifier);
        key(Qt::Key_T, Qt::AltModifier);
        type(QStringLiteral("stream over the path"));
        auto* list = dialog->findChild<LikenessList*>();
        ASSERT_TRUE(QTest::qWaitFor([&] { return !list->shown().empty() && list->shown()[0].shared.size() > 1; }, 10'000));
        key(Qt::Key_S, Qt::AltModifier);
        key(Qt::Key_Return);
        ASSERT_TRUE(list->same());
    }
    [[nodiscard]] bool offered() const {
        return QTest::qWaitFor([&] { return dialog->findChild<PlaceField*>()->offered() > 0; }, 10'000);
    }
    [[nodiscard]] std::vector<CallDraft> kept() const {
        std::optional<std::vector<CallDraft>> out;
        CallDrafts reader(folder);
        reader.list(&reader, [&](std::vector<CallDraft> found) { out = std::move(found); });
        EXPECT_TRUE(QTest::qWaitFor([&] { return out.has_value(); }, 10'000));
        return out.value_or(std::vector<CallDraft>{});
    }

    QTemporaryDir temporary;
    std::filesystem::path folder{temporary.filePath(QStringLiteral("county/drafts")).toStdString()};
    CallBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString code{QStringLiteral("en")};
    Language language{code};
    UiContext ui{desk, theme, selection, code};
    std::shared_ptr<CallDrafts> drafts{std::make_shared<CallDrafts>(folder)};
    std::unique_ptr<CallDialog> dialog;
    int keys{0};
};

TEST_F(CallTest, aFloodCallIsTakenByKeyboardAlone) {
    open();
    type(QStringLiteral("ste"));
    ASSERT_TRUE(offered());
    key(Qt::Key_Tab); // takes Steg, goes on
    EXPECT_EQ(find<QLineEdit>("callPlace")->text(), QStringLiteral("Steg"));
    key(Qt::Key_1, Qt::AltModifier);
    key(Qt::Key_T, Qt::AltModifier);
    type(QStringLiteral("Water in the cellar"));
    key(Qt::Key_H, Qt::AltModifier);
    key(Qt::Key_Tab);
    type(QStringLiteral("2"));
    key(Qt::Key_N, Qt::AltModifier);
    key(Qt::Key_Down, Qt::ShiftModifier);
    key(Qt::Key_C, Qt::AltModifier);
    type(QStringLiteral("0791234567"));
    key(Qt::Key_Return); // goes on, records nothing
    type(QStringLiteral("Ott"));
    EXPECT_TRUE(desk.sent.empty());
    EXPECT_EQ(find<QAbstractButton>("callRecordButton")->text(), QStringLiteral("Record the call from Steg"));
    key(Qt::Key_Return, Qt::ControlModifier);
    const auto calls = desk.all<desk::RecordCall>();
    ASSERT_EQ(calls.size(), 1U);
    const model::Report& r = calls[0].report;
    EXPECT_EQ(r.place, "Steg");
    EXPECT_EQ(r.position, steg);
    EXPECT_EQ(r.category, "flood");
    EXPECT_EQ(r.text, "Water in the cellar");
    ASSERT_TRUE(r.call);
    EXPECT_EQ(r.call->injured, 2);
    EXPECT_FALSE(r.call->dead);
    EXPECT_EQ(r.contact.phone, "0791234567");
    EXPECT_EQ(r.contact.name, "Ott");
    EXPECT_EQ(desk.time - r.happenedAt, 10min + (desk.time - std::chrono::floor<std::chrono::minutes>(desk.time)));
    EXPECT_EQ(r.state, model::ReportState::pending);
    EXPECT_TRUE(base::Uuid::parse(r.sourceId));
    EXPECT_FALSE(dialog->isVisible());
    EXPECT_EQ(keys, 46) << "every key counts at 3 a.m.";
    drafts->wait();
    EXPECT_TRUE(kept().empty()) << "a recorded call leaves no name and no number behind";
}

TEST_F(CallTest, theTabKeyReachesEveryFieldInTheOrderOfAVoiceAndComesBack) {
    open();
    key(Qt::Key_M, Qt::AltModifier);
    find("callPlace")->setFocus();
    QStringList order;
    for (int i = 0; i < 60; ++i) {
        const QString name = dialog->focusWidget()->objectName();
        if (order.contains(name) && name == QStringLiteral("callPlace"))
            break;
        order << name;
        QTest::keyClick(dialog->focusWidget(), Qt::Key_Tab);
    }
    const QStringList wanted{
        QStringLiteral("callPlace"),     QStringLiteral("callFromMap"),   QStringLiteral("callCategory"),
        QStringLiteral("call_text"),     QStringLiteral("call_dead"),     QStringLiteral("call_injured"),
        QStringLiteral("call_missing"),  QStringLiteral("callHappened"),  QStringLiteral("call_phone"),
        QStringLiteral("call_name"),     QStringLiteral("call_unit"),     QStringLiteral("call_post"),
        QStringLiteral("call_told"),     QStringLiteral("callMore"),      QStringLiteral("call_cause"),
        QStringLiteral("call_course"),   QStringLiteral("call_measures"), QStringLiteral("call_result"),
        QStringLiteral("call_trend")};
    EXPECT_EQ(order.mid(0, wanted.size()), wanted) << order.join(QLatin1Char(' ')).toStdString();
}

TEST_F(CallTest, chinesePlacesAreFoundWithinASentence) {
    open();
    type(QStringLiteral("瓦杜兹镇政府后面"));
    ASSERT_TRUE(offered());
    key(Qt::Key_Return);
    EXPECT_EQ(find<QLineEdit>("callPlace")->text(), QStringLiteral("瓦杜兹镇政府后面")) << "what was said stays";
    const auto position = dialog->findChild<PlaceField*>()->position();
    ASSERT_TRUE(position);
    EXPECT_DOUBLE_EQ(position->latitude(), 47.141);
    type(QStringLiteral("，三层"));
    settle();
    EXPECT_TRUE(dialog->findChild<PlaceField*>()->position()) << "more words are no other place";
}

TEST_F(CallTest, coordinatesInAnyFormAreAPlaceAndGetTheirAddress) {
    open();
    type(QStringLiteral("47 06 36 N 9 34 37 E"));
    ASSERT_TRUE(offered());
    key(Qt::Key_Tab);
    const auto position = dialog->findChild<PlaceField*>()->position();
    ASSERT_TRUE(position);
    EXPECT_NEAR(position->latitude(), 47.11, 1e-4);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return find<QLineEdit>("callPlace")->text() == QStringLiteral("Steg, Triesenberg"); }, 10'000));
}

TEST_F(CallTest, aPointOnTheMapIsAPlace) {
    open();
    QSignalSpy wanted(dialog.get(), &CallDialog::mapWanted);
    key(Qt::Key_P, Qt::AltModifier);
    EXPECT_EQ(wanted.count(), 1);
    QSignalSpy placed(dialog.get(), &CallDialog::placed);
    dialog->place(steg);
    EXPECT_EQ(placed.count(), 1);
    EXPECT_TRUE(QTest::qWaitFor(
        [&] { return find<QLineEdit>("callPlace")->text() == QStringLiteral("Steg, Triesenberg"); }, 10'000));
}

TEST_F(CallTest, theQuestionsFollowTheCategory) {
    open();
    EXPECT_TRUE(find<QLabel>("callQuestions")->text().contains(QStringLiteral("What number can we call back?")));
    key(Qt::Key_1, Qt::AltModifier);
    EXPECT_TRUE(find<QLabel>("callQuestions")->text().contains(QStringLiteral("Is the water rising?")));
    key(Qt::Key_2, Qt::AltModifier);
    EXPECT_TRUE(find<QLabel>("callQuestions")->text().contains(QStringLiteral("Is anybody still inside?")));
    language.set(QStringLiteral("zh_CN"));
    settle();
    EXPECT_TRUE(find<QLabel>("callQuestions")->text().contains(QStringLiteral("里面")));
    language.set(QStringLiteral("en"));
}

TEST_F(CallTest, whatIsTheSameIsShownWhileOneTypesAndEnterJoinsIt) {
    open();
    dialog->place(model::Position::trusted(47.1297, 9.5122)); // near incident 1
    key(Qt::Key_1, Qt::AltModifier);
    key(Qt::Key_T, Qt::AltModifier);
    type(QStringLiteral("Seepage at the dyke"));
    auto* list = dialog->findChild<LikenessList*>();
    ASSERT_TRUE(QTest::qWaitFor([&] { return !list->shown().empty() && !list->shown()[0].shared.empty(); }, 10'000));
    EXPECT_EQ(std::get<model::IncidentId>(list->shown()[0].what), id<model::IncidentId>(1));
    const QString row = find<QAbstractButton>("callSame0")->accessibleName();
    EXPECT_TRUE(row.contains(QStringLiteral("2026-0147"))) << row.toStdString();
    EXPECT_TRUE(row.contains(QStringLiteral("m away")));
    EXPECT_TRUE(row.contains(QStringLiteral("same category")));
    EXPECT_TRUE(row.contains(QStringLiteral("in common: seepage, dyke"))) << row.toStdString();
    key(Qt::Key_S, Qt::AltModifier);
    key(Qt::Key_Return); // it is the same
    EXPECT_TRUE(find<QAbstractButton>("callRecordButton")->text().startsWith(QStringLiteral("Record it as the same as 2026-0147")));
    EXPECT_FALSE(find("callOpenButton")->isEnabled());
    key(Qt::Key_Return); // and recorded
    ASSERT_EQ(desk.all<desk::RecordCall>().size(), 1U);
    const auto joined = desk.all<desk::LinkToIncident>();
    ASSERT_EQ(joined.size(), 1U);
    EXPECT_EQ(joined[0].incident, id<model::IncidentId>(1));
    EXPECT_EQ(joined[0].reports, std::vector{desk.ids.begin()->second});
}

TEST_F(CallTest, theSameAsAReportIsJoinedToItAndItsCluster) {
    for (const bool clustered : {false, true}) {
        desk.sent.clear();
        std::optional<model::ClusterId> cluster;
        if (clustered)
            cluster = id<model::ClusterId>(7);
        desk.scene().state.reports.at(id<model::ReportId>(1)).cluster = cluster;
        aboutReport1();
        QStringList said;
        QObject::connect(dialog.get(), &CallDialog::said, dialog.get(), [&](const QString& text) { said << text; });
        key(Qt::Key_Return, Qt::ControlModifier);
        EXPECT_FALSE(dialog->isVisible());
        ASSERT_EQ(desk.all<desk::RecordCall>().size(), 1U);
        const auto joined = desk.all<desk::JoinReports>();
        ASSERT_EQ(joined.size(), 1U);
        const auto recorded = desk.ids.at(desk.all<desk::RecordCall>()[0].report.sourceId);
        EXPECT_EQ(joined[0].reports, (std::vector{id<model::ReportId>(1), recorded}));
        EXPECT_EQ(joined[0].cluster, cluster);
        EXPECT_TRUE(desk.all<desk::WriteNote>().empty());
        ASSERT_EQ(said.size(), 1);
        EXPECT_TRUE(said[0].contains(QStringLiteral("recorded as the same as"))) << said[0].toStdString();
        desk.scene().state.reports.erase(recorded); // is alike, too
    }
}

TEST_F(CallTest, aRefusedJoinIsReadInTheDialogAndTheCallStaysRecorded) {
    aboutReport1();
    desk.refuseJoin = base::Error{base::Code::conflict, "these reports belong to two open incidents", {}};
    key(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_TRUE(dialog->isVisible());
    const QString state = find<QLabel>("callState")->text();
    EXPECT_TRUE(state.contains(QStringLiteral("recorded, but not as the same as"))) << state.toStdString();
    EXPECT_TRUE(state.contains(QStringLiteral("two open incidents"))) << state.toStdString();
    EXPECT_EQ(find<QAbstractButton>("callRecordButton")->text(), QStringLiteral("Record the changes"));
    drafts->wait();
    EXPECT_TRUE(kept().empty()) << "it is recorded: no draft of it is offered again";
    key(Qt::Key_Escape); // nothing was changed since: nothing is asked
    EXPECT_FALSE(dialog->isVisible());
    EXPECT_EQ(desk.all<desk::RecordCall>().size(), 1U);
}

TEST_F(CallTest, theSameAsAnAlarmGoesToItsIncidentOrSaysThatItIsOnlyNoted) {
    for (const bool inIncident : {true, false}) {
        desk.sent.clear();
        auto& state = desk.scene().state;
        state.reports.clear();
        model::Alarm alarm = state.alarms.begin()->second;
        alarm.id = id<model::AlarmId>(77);
        alarm.title = base::LocalText("Smoke over the old mill");
        alarm.position = model::Position::trusted(47.2, 9.45);
        alarm.hazard = "fire";
        alarm.state = model::AlarmState::unacknowledged;
        alarm.raisedAt = alarm.sinceTime = desk.time;
        alarm.incident = inIncident ? std::optional(id<model::IncidentId>(1)) : std::nullopt;
        state.alarms = {{alarm.id, alarm}};
        open();
        auto* list = dialog->findChild<LikenessList*>();
        dialog->place(alarm.position);
        key(Qt::Key_2, Qt::AltModifier);
        key(Qt::Key_T, Qt::AltModifier);
        type(QStringLiteral("smoke over the old mill"));
        list->setSame(SameThing(alarm.id));
        QStringList said;
        QObject::connect(dialog.get(), &CallDialog::said, dialog.get(), [&](const QString& text) { said << text; });
        key(Qt::Key_Return, Qt::ControlModifier);
        ASSERT_EQ(desk.all<desk::RecordCall>().size(), 1U);
        ASSERT_EQ(said.size(), 1);
        if (inIncident) {
            const auto linked = desk.all<desk::LinkToIncident>();
            ASSERT_EQ(linked.size(), 1U);
            EXPECT_EQ(linked[0].incident, id<model::IncidentId>(1));
            EXPECT_EQ(linked[0].reports.size(), 1U);
            EXPECT_TRUE(said[0].contains(QStringLiteral("linked to the incident"))) << said[0].toStdString();
        } else {
            EXPECT_TRUE(desk.all<desk::LinkToIncident>().empty());
            const auto notes = desk.all<desk::WriteNote>();
            ASSERT_EQ(notes.size(), 1U);
            EXPECT_NE(notes[0].text.find("Smoke over the old mill"), std::string::npos) << notes[0].text;
            EXPECT_TRUE(said[0].contains(QStringLiteral("belongs to no open incident"))) << said[0].toStdString();
        }
    }
}

TEST_F(CallTest, ctrlShiftEnterRecordsAndOpensTheFormOfAnIncident) {
    QWidget window;
    dialog = std::make_unique<CallDialog>(parts(), &window);
    shown();
    dialog->place(steg);
    key(Qt::Key_2, Qt::AltModifier);
    key(Qt::Key_T, Qt::AltModifier);
    type(QStringLiteral("Roof on fire"));
    key(Qt::Key_Return, Qt::ControlModifier | Qt::ShiftModifier);
    ASSERT_EQ(desk.all<desk::RecordCall>().size(), 1U);
    auto* form = window.findChild<NewIncidentDialog*>();
    ASSERT_NE(form, nullptr);
    EXPECT_EQ(form->findChild<QLineEdit*>(QStringLiteral("title"))->text(), QStringLiteral("Roof on fire"));
    form->findChild<QAbstractButton*>(QStringLiteral("openButton"))->click();
    const auto opened = desk.all<desk::OpenIncident>();
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened[0].reports, std::vector{desk.ids.begin()->second});
    EXPECT_EQ(opened[0].position, steg);
    EXPECT_EQ(opened[0].hazard, "fire");
    dialog.reset();
}

TEST_F(CallTest, escapeAsksOnlyIfSomethingWasTyped) {
    open();
    key(Qt::Key_Escape);
    EXPECT_FALSE(dialog->isVisible());
    open();
    key(Qt::Key_C, Qt::AltModifier);
    type(QStringLiteral("079"));
    key(Qt::Key_Escape);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(find("callLeaving")->isVisible());
    key(Qt::Key_Escape); // goes on
    EXPECT_FALSE(find("callLeaving")->isVisible());
    EXPECT_EQ(dialog->focusWidget()->objectName(), QStringLiteral("call_phone"));
    key(Qt::Key_Escape);
    key(Qt::Key_Return); // keeps it
    EXPECT_FALSE(dialog->isVisible());
    drafts->wait();
    ASSERT_EQ(kept().size(), 1U);
    EXPECT_EQ(kept()[0].field("phone"), QStringLiteral("079"));
}

TEST_F(CallTest, whatIsDiscardedIsGone) {
    open();
    key(Qt::Key_C, Qt::AltModifier);
    type(QStringLiteral("079"));
    key(Qt::Key_Escape);
    find<QAbstractButton>("callDropButton")->click();
    EXPECT_FALSE(dialog->isVisible());
    dialog.reset();
    drafts->wait();
    EXPECT_TRUE(kept().empty());
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(CallTest, aRefusalIsSaidAndTheCallIsTriedAgain) {
    open();
    key(Qt::Key_C, Qt::AltModifier);
    type(QStringLiteral("079"));
    desk.refuseNext = base::Error{base::Code::unavailable, "the desk is ending", {}};
    key(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_TRUE(find<QLabel>("callState")->text().contains(QStringLiteral("the desk is ending")));
    drafts->wait();
    EXPECT_EQ(kept().size(), 1U) << "nothing is lost by a refusal";
    key(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_FALSE(dialog->isVisible());
    ASSERT_EQ(desk.all<desk::RecordCall>().size(), 2U);
    EXPECT_EQ(desk.all<desk::RecordCall>()[0].report.sourceId, desk.all<desk::RecordCall>()[1].report.sourceId);
    EXPECT_EQ(desk.ids.size(), 1U);
}

TEST_F(CallTest, nothingIsRecordedWhileTheDeskIsReadOnly) {
    desk.isReadOnly = true;
    open();
    key(Qt::Key_C, Qt::AltModifier);
    type(QStringLiteral("079"));
    EXPECT_FALSE(find("callRecordButton")->isEnabled());
    key(Qt::Key_Return, Qt::ControlModifier);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(CallTest, nothingIsCutOffInEitherLanguage) {
    open();
    for (const char* code_ : {"en", "zh_CN"}) {
        language.set(QString::fromLatin1(code_));
        settle();
        dialog->resize(100, 628); // as narrow as it gets
        settle();
        EXPECT_LE(dialog->width(), 1'334) << "fits a laptop's screen";
        auto* room = find<QScrollArea>("callFormScroll");
        EXPECT_LE(room->widget()->minimumSizeHint().width(), room->viewport()->width()) << code_;
        for (const auto* button : dialog->findChildren<QAbstractButton*>()) {
            if (!button->isVisible() || button->text().isEmpty() || button->objectName().startsWith(QStringLiteral("callSame")))
                continue;
            EXPECT_GE(button->width(), button->fontMetrics().horizontalAdvance(button->text()))
                << code_ << ": " << button->text().toStdString();
            EXPECT_LE(button->mapTo(dialog.get(), QPoint(button->width(), 0)).x(), dialog->width());
        }
        for (const auto* field : dialog->findChildren<QLineEdit*>())
            EXPECT_FALSE(field->accessibleName().isEmpty()) << field->objectName().toStdString();
    }
    language.set(QStringLiteral("en"));
}

} // namespace
} // namespace tocsin::gui
