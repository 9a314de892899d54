#include "tocsin/gui/rules_window.hpp"

#include "gui/fake_bridge.hpp"
#include "tocsin/gui/language.hpp"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <gtest/gtest.h>

namespace tocsin::gui {
namespace {

constexpr const char* twoRules = R"(
# kept by hand
[[rule]]
id = "vaduz-dyke"
sensor = "rhine-vaduz"
above = 6.5
hysteresis = 0.2
severity = "II"
hazard = "flood"
title = { text = "{sensor}: dyke", zh_CN = "{sensor}：堤防" }

[[rule]]
id = "rain-heavy"
kind = "rain"
above = 20
severity = "IV"
hazard = "rainstorm"
title = "{sensor}: heavy rain"
)";

class FakeRules final : public RulesDesk {
  public:
    std::string now{twoRules};
    base::LocalText why;
    std::optional<base::Error> refuse;
    base::Result<detect::Backtest> past{detect::Backtest{}};
    bool hold{false}; ///< the trial is not answered yet
    std::function<void(base::Result<detect::Backtest>)> held;
    std::stop_token stop;
    std::optional<detect::Rule> tried;
    base::Result<std::vector<detect::Remark>> often; ///< what a look over the past finds
    bool holdLook{false};
    std::function<void(base::Result<std::vector<detect::Remark>>)> heldLook;
    std::stop_token lookStop;
    std::string aside;

    std::string text() const override { return now; }
    base::LocalText trouble() const override { return why; }
    void backtest(const detect::Rule& rule, std::vector<detect::Rule>, base::Time, base::Time, std::stop_token token,
                  QObject*, std::function<void(double)> progress,
                  std::function<void(base::Result<detect::Backtest>)> answer) override {
        tried = rule;
        stop = token;
        progress(0.5);
        if (hold)
            held = std::move(answer);
        else
            answer(past);
    }
    std::string putAside() const override { return aside; }
    void lookBack(std::vector<detect::Rule>, std::stop_token token, QObject*, std::function<void(double)> progress,
                  std::function<void(base::Result<std::vector<detect::Remark>>)> answer) override {
        lookStop = token;
        progress(0.5);
        if (holdLook)
            heldLook = std::move(answer);
        else
            answer(often);
    }
    void save(std::string toml, QObject*, std::function<void(base::Result<void>)> answer) override {
        if (refuse) {
            answer(tl::unexpected(*refuse));
            return;
        }
        now = std::move(toml);
        answer({});
    }
};

class RulesWindowTest : public ::testing::Test {
  protected:
    void SetUp() override {
        window = std::make_unique<RulesWindow>(ui, rules);
        window->show();
        window->select(QStringLiteral("vaduz-dyke"));
    }
    template <typename T>
    T* find(const char* name) {
        auto* found = window->findChild<T*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    void type(const char* field, const QString& text) {
        auto* line = find<QLineEdit>(field);
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }
    /// The window judges what was typed a moment later.
    void settle() {
        ASSERT_TRUE(QTest::qWaitFor([this] { return find<QPushButton>("saveRules")->isEnabled(); }, 5000));
    }
    detect::Rule saved(const char* id) {
        const auto parsed = detect::parseRules(rules.now);
        EXPECT_TRUE(parsed) << parsed.error().describe();
        for (const auto& rule : *parsed) {
            if (rule.id == id)
                return rule;
        }
        ADD_FAILURE() << "no rule " << id;
        return {};
    }

    test::FakeBridge bridge;
    FakeRules rules;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString language{QStringLiteral("en")};
    UiContext ui{bridge, theme, selection, language};
    std::unique_ptr<RulesWindow> window;
};

TEST_F(RulesWindowTest, TheRoomIsTheRulesAndNotTheHeadings) {
    window->resize(1200, 720);
    QCoreApplication::processEvents();
    EXPECT_GT(window->findChild<QListWidget*>(QStringLiteral("ruleList"))->height(), 450);
}

TEST_F(RulesWindowTest, ShowsTheRuleThatIsChosenWithItsConditionsOwnFields) {
    EXPECT_EQ(find<QListWidget>("ruleList")->count(), 2);
    EXPECT_EQ(find<QLineEdit>("ruleSensors")->text(), QStringLiteral("rhine-vaduz"));
    EXPECT_EQ(find<QLineEdit>("ruleThreshold")->text(), QStringLiteral("6.5"));
    EXPECT_EQ(find<QComboBox>("ruleSeverity")->currentData().toString(), QStringLiteral("II"));
    EXPECT_EQ(find<QLineEdit>("ruleTitleZh")->text(), QStringLiteral("{sensor}：堤防"));
    EXPECT_FALSE(find<QPushButton>("saveRules")->isEnabled()) << "nothing is changed yet";
}

TEST_F(RulesWindowTest, AChangedLimitIsInForceOnceItIsSavedAndTheOtherRulesStay) {
    type("ruleThreshold", QStringLiteral("6.8"));
    type("ruleDelay", QStringLiteral("5min"));
    settle();
    EXPECT_EQ(rules.now, twoRules) << "nothing is in force before it is saved";
    find<QPushButton>("saveRules")->click();
    const auto rule = saved("vaduz-dyke");
    const auto* threshold = std::get_if<detect::Threshold>(&rule.condition);
    ASSERT_NE(threshold, nullptr);
    EXPECT_EQ(threshold->threshold, 6.8);
    EXPECT_EQ(threshold->delay, std::chrono::minutes(5));
    EXPECT_EQ(threshold->hysteresis, 0.2);
    EXPECT_EQ(saved("rain-heavy").hazard, "rainstorm");
    EXPECT_FALSE(window->isDirty());
}

TEST_F(RulesWindowTest, WhatIsNoNumberIsMarkedAndCannotBeSaved) {
    type("ruleThreshold", QStringLiteral("high"));
    EXPECT_EQ(find<QLineEdit>("ruleThreshold")->property("state").toString(), QStringLiteral("bad"));
    EXPECT_FALSE(find<QPushButton>("saveRules")->isEnabled());
    type("ruleThreshold", QStringLiteral("7"));
    EXPECT_NE(find<QLineEdit>("ruleThreshold")->property("state").toString(), QStringLiteral("bad"));
    settle();
}

TEST_F(RulesWindowTest, ASensorThatNobodyKnowsIsNamedBeforeItIsSaved) {
    type("ruleSensors", QStringLiteral("rhine-atlantis"));
    auto* remarks = find<QListWidget>("ruleRemarks");
    ASSERT_TRUE(QTest::qWaitFor(
        [&] {
            for (int i = 0; i < remarks->count(); ++i) {
                if (remarks->item(i)->text().contains(QLatin1String("rhine-atlantis")))
                    return true;
            }
            return false;
        },
        5000));
}

TEST_F(RulesWindowTest, SaysWhenTheRuleWouldHaveFired) {
    detect::Backtest past;
    past.all = 2;
    past.readings = 4000;
    past.mostInAMinute = 1;
    past.firings = {{model::SensorId("rhine-vaduz"), bridge.time - std::chrono::hours(5), bridge.time - std::chrono::hours(4), 6.7},
                    {model::SensorId("rhine-vaduz"), bridge.time - std::chrono::hours(1), std::nullopt, 6.9}};
    rules.past = past;
    type("ruleThreshold", QStringLiteral("6.6"));
    find<QPushButton>("trialRun")->click();
    ASSERT_TRUE(rules.tried);
    EXPECT_EQ(std::get<detect::Threshold>(rules.tried->condition).threshold, 6.6) << "what stands in the form is tried";
    EXPECT_EQ(find<QListWidget>("trialFirings")->count(), 2);
    EXPECT_TRUE(find<QLabel>("trialSummary")->text().contains(QLatin1String("2 times"))) << find<QLabel>("trialSummary")->text().toStdString();
}

TEST_F(RulesWindowTest, ATrialCanBeCancelledAndItsLateAnswerIsNotShown) {
    rules.hold = true;
    find<QPushButton>("trialRun")->click();
    EXPECT_EQ(find<QPushButton>("trialRun")->text(), QStringLiteral("Cancel"));
    find<QPushButton>("trialRun")->click();
    EXPECT_TRUE(rules.stop.stop_requested());
    detect::Backtest late;
    late.all = 1;
    late.readings = 1;
    late.firings.push_back({});
    rules.held(late);
    EXPECT_EQ(find<QListWidget>("trialFirings")->count(), 0);
}

TEST_F(RulesWindowTest, WarnsOfARuleThatWouldFireTooOften) {
    detect::Backtest past;
    past.all = 5000;
    past.readings = 6000;
    past.mostInAMinute = 1000;
    rules.past = past;
    find<QPushButton>("trialRun")->click();
    EXPECT_EQ(find<QLabel>("trialSummary")->property("role").toString(), QStringLiteral("error"));
}

TEST_F(RulesWindowTest, WhatWouldFireTooOftenIsAskedAboutBeforeItIsSaved) {
    rules.often = std::vector<detect::Remark>{{false, "vaduz-dyke", "", {"up to 61 times in one minute"}}};
    type("ruleThreshold", QStringLiteral("6.8"));
    settle();
    find<QPushButton>("saveRules")->click();
    auto* ask = find<QMessageBox>("rulesDoubtful");
    ASSERT_NE(ask, nullptr);
    EXPECT_TRUE(ask->informativeText().contains(QLatin1String("61 times")));
    EXPECT_EQ(rules.now, twoRules);
    const auto* remarks = find<QListWidget>("ruleRemarks");
    bool listed = false;
    for (int i = 0; i < remarks->count(); ++i)
        listed = listed || remarks->item(i)->text().contains(QLatin1String("61 times"));
    EXPECT_TRUE(listed);
    for (auto* button : ask->buttons()) {
        if (ask->buttonRole(button) == QMessageBox::AcceptRole)
            button->click();
    }
    EXPECT_EQ(std::get<detect::Threshold>(saved("vaduz-dyke").condition).threshold, 6.8);
    EXPECT_FALSE(window->isDirty());
}

TEST_F(RulesWindowTest, WhoDoesNotWaitForThePastSavesAtOnce) {
    rules.holdLook = true;
    type("ruleThreshold", QStringLiteral("6.8"));
    settle();
    auto* save = find<QPushButton>("saveRules");
    save->click();
    EXPECT_EQ(rules.now, twoRules);
    EXPECT_TRUE(find<QWidget>("rulesProgress")->isVisible());
    save->click();
    EXPECT_TRUE(rules.lookStop.stop_requested());
    EXPECT_EQ(std::get<detect::Threshold>(saved("vaduz-dyke").condition).threshold, 6.8);
    rules.heldLook(std::vector<detect::Remark>{{false, "vaduz-dyke", "", {"late"}}});
    EXPECT_EQ(window->findChild<QMessageBox*>(QStringLiteral("rulesDoubtful")), nullptr);
}

TEST_F(RulesWindowTest, WhatIsChangedWhileThePastIsLookedAtIsNotSaved) {
    rules.holdLook = true;
    type("ruleThreshold", QStringLiteral("6.8"));
    settle();
    find<QPushButton>("saveRules")->click();
    type("ruleThreshold", QStringLiteral("6.9"));
    EXPECT_TRUE(rules.lookStop.stop_requested());
    rules.heldLook(std::vector<detect::Remark>{});
    EXPECT_EQ(rules.now, twoRules);
    EXPECT_FALSE(find<QWidget>("rulesProgress")->isVisible());
}

TEST_F(RulesWindowTest, RulesThatOthersPutInForceMeanwhileAreNotWrittenOverUnasked) {
    type("ruleThreshold", QStringLiteral("6.8"));
    settle();
    const std::string theirs = rules.now + "# theirs\n";
    rules.now = theirs;
    window->refresh();
    EXPECT_EQ(find<QLineEdit>("ruleThreshold")->text(), QStringLiteral("6.8")) << "one's own work stays";
    find<QPushButton>("saveRules")->click();
    ASSERT_NE(find<QMessageBox>("rulesDoubtful"), nullptr);
    EXPECT_EQ(rules.now, theirs);
}

TEST_F(RulesWindowTest, RulesThatWerePutAsideCanBeTaken) {
    EXPECT_FALSE(find<QPushButton>("rulesAside")->isVisible());
    rules.aside = std::string(twoRules) + "# by hand\n";
    window->refresh();
    EXPECT_TRUE(find<QLabel>("rulesTrouble")->isVisible());
    find<QPushButton>("rulesAside")->click();
    settle();
    find<QPushButton>("saveRules")->click();
    EXPECT_EQ(rules.now, rules.aside);
}

TEST_F(RulesWindowTest, ARuleOverMessagesIsTriedToo) {
    detect::Backtest past;
    past.all = 1;
    past.readings = 12;
    past.firings = {{{}, bridge.time - std::chrono::hours(1), std::nullopt, 0, {"Severe rain"}}};
    rules.past = past;
    window->newRule(QStringLiteral("warning"));
    find<QPushButton>("trialRun")->click();
    ASSERT_TRUE(rules.tried);
    EXPECT_TRUE(find<QListWidget>("trialFirings")->item(0)->text().contains(QLatin1String("Severe rain")));
    EXPECT_TRUE(find<QLabel>("trialSummary")->text().contains(QLatin1String("12 messages")));
}

TEST_F(RulesWindowTest, ANewRuleOfEachKindCanBeFilledInAndReadBack) {
    const auto* menu = find<QPushButton>("newRule")->menu();
    ASSERT_NE(menu, nullptr);
    EXPECT_EQ(menu->actions().size(), 12);
    for (auto* action : menu->actions()) {
        action->trigger();
        ASSERT_TRUE(window->isDirty());
    }
    EXPECT_EQ(find<QListWidget>("ruleList")->count(), 14);
}

TEST_F(RulesWindowTest, TheTextIsShownWithItsCommentsAndAFaultIsSaidWithItsLine) {
    find<QTabWidget>("ruleTabs")->setCurrentIndex(1);
    auto* text = find<QPlainTextEdit>("rulesText");
    EXPECT_TRUE(text->toPlainText().contains(QLatin1String("# kept by hand")));
    text->setPlainText(QStringLiteral("[[rule]]\nid = \"x\"\nabove = \n"));
    auto* said = find<QLabel>("rulesSaid");
    ASSERT_TRUE(QTest::qWaitFor([&] { return said->text().contains(QLatin1String("line 3")); }, 5000))
        << said->text().toStdString();
    EXPECT_FALSE(find<QPushButton>("saveRules")->isEnabled());
}

TEST_F(RulesWindowTest, WhatTheDeskRefusesStaysInTheWindow) {
    rules.refuse = base::Error{base::Code::conflict, "somebody else has changed them", {}};
    type("ruleThreshold", QStringLiteral("6.8"));
    settle();
    find<QPushButton>("saveRules")->click();
    EXPECT_TRUE(find<QLabel>("rulesSaid")->text().contains(QLatin1String("somebody else")));
    EXPECT_EQ(find<QLineEdit>("ruleThreshold")->text(), QStringLiteral("6.8"));
    EXPECT_TRUE(window->isDirty());
}

TEST_F(RulesWindowTest, ClosingWithChangesAsksFirst) {
    type("ruleThreshold", QStringLiteral("6.8"));
    window->close();
    auto* ask = window->findChild<QMessageBox*>(QStringLiteral("rulesUnsaved"));
    ASSERT_NE(ask, nullptr);
    EXPECT_TRUE(window->isVisible());
    ask->reject();
    EXPECT_TRUE(window->isVisible());
}

TEST_F(RulesWindowTest, TroubleWithTheFileIsSaidAtTheTop) {
    EXPECT_FALSE(find<QLabel>("rulesTrouble")->isVisible());
    rules.why.text = "rules.toml, line 4: the last good rules are in force";
    RulesWindow other(ui, rules);
    other.show();
    EXPECT_TRUE(other.findChild<QLabel*>(QStringLiteral("rulesTrouble"))->isVisible());
}

TEST_F(RulesWindowTest, AReadOnlyDeskShowsAndTriesButSavesNothing) {
    bridge.isReadOnly = true;
    type("ruleThreshold", QStringLiteral("6.8"));
    find<QPushButton>("trialRun")->click();
    EXPECT_TRUE(rules.tried);
    EXPECT_FALSE(find<QPushButton>("saveRules")->isEnabled());
}

TEST_F(RulesWindowTest, SpeaksChineseWhenTheWindowDoes) {
    Language words(language);
    words.set(QStringLiteral("zh_CN"));
    QApplication::processEvents();
    EXPECT_EQ(window->windowTitle(), QStringLiteral("规则"));
    for (const auto* label : window->findChildren<QLabel*>())
        EXPECT_FALSE(label->text() == QStringLiteral("Limit") || label->text() == QStringLiteral("What to do"));
    words.set(QStringLiteral("en"));
}

} // namespace
} // namespace tocsin::gui
