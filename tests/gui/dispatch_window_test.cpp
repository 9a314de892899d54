// The window of those who were sent, by keyboard and mouse, over the stand-in desk.
#include "gui/dispatch_window_support.hpp"

#include <QApplication>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>
#include <QTextBrowser>
#include <QTreeWidget>

namespace tocsin::gui {
namespace {

using namespace std::chrono_literals;
using test::id;

TEST_F(DispatchWindowTest, SpaceIsTheNextStepAndOthersChangesAppear) {
    open();
    choose(1);
    QTest::keyClick(&board(), Qt::Key_Space);
    const auto* sent = desk.lastSent<desk::AdvanceAssignment>();
    ASSERT_NE(sent, nullptr);
    EXPECT_EQ(sent->to, model::AssignmentState::onScene);
    assignment(2).state = model::AssignmentState::onScene;
    assignment(2).arrivedAt = now();
    Changes changes;
    changes.assignments.insert(id<model::AssignmentId>(2));
    desk.tell(changes);
    choose(2);
    ASSERT_NE(board().current(), nullptr);
    EXPECT_EQ(board().current()->state, model::AssignmentState::onScene);
}

TEST_F(DispatchWindowTest, ReleaseAsksOnceAndARollCallTakesAWord) {
    open();
    choose(3);
    QTest::keyClick(&board(), Qt::Key_R);
    EXPECT_TRUE(desk.sent.empty());
    answer(QStringLiteral("done"));
    const auto* released = desk.lastSent<desk::ReleaseAssignments>();
    ASSERT_NE(released, nullptr);
    EXPECT_EQ(released->reason, "done");
    choose(1);
    QTest::keyClick(&board(), Qt::Key_C);
    answer(QString());
    ASSERT_NE(desk.lastSent<desk::AnswerRollCall>(), nullptr);
}

TEST_F(DispatchWindowTest, ARefusalIsToldInWords) {
    open();
    choose(1);
    desk.refuseNext = base::Error{base::Code::conflict, "the assignment is released already", {}};
    QTest::keyClick(&board(), Qt::Key_Space);
    EXPECT_TRUE(find<QLabel>("dispatchSaid")->text().contains(QStringLiteral("released already")));
    EXPECT_TRUE(find<QLabel>("dispatchSaid")->isVisible());
}

TEST_F(DispatchWindowTest, ControlASelectsAllAndTheyStepTogether) {
    open();
    board().setFocus();
    QTest::keyClick(&board(), Qt::Key_A, Qt::ControlModifier);
    EXPECT_EQ(board().chosen().size(), 3U);
    QTest::keyClick(&board(), Qt::Key_Space);
    EXPECT_EQ(desk.sent.size(), 2U); // the third is on scene: its next step is the release, which is not done unasked
}

TEST_F(DispatchWindowTest, ACardIsDraggedForwardNotBack) {
    assignment(1).state = model::AssignmentState::notified;
    assignment(1).acceptedAt.reset();
    assignment(1).departedAt.reset();
    open();
    const auto drag = [this](unsigned n, model::AssignmentState to) {
        const QPoint from = board().cardRect(id<model::AssignmentId>(n)).center();
        const QPoint target = board().columnRect(to).center();
        QTest::mousePress(board().viewport(), Qt::LeftButton, {}, from);
        QTest::mouseMove(board().viewport(), from + QPoint(40, 0));
        QTest::mouseMove(board().viewport(), target);
        QMouseEvent move(QEvent::MouseMove, QPointF(target), board().viewport()->mapToGlobal(QPointF(target)), Qt::NoButton,
                         Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(board().viewport(), &move);
        QTest::mouseRelease(board().viewport(), Qt::LeftButton, {}, target);
    };
    drag(1, model::AssignmentState::enRoute);
    ASSERT_EQ(desk.sent.size(), 1U);
    EXPECT_TRUE(desk.lastSent<desk::AdvanceAssignment>()->through) << "over accepted";
    EXPECT_EQ(assignment(1).state, model::AssignmentState::enRoute);
    drag(3, model::AssignmentState::accepted);
    EXPECT_EQ(desk.sent.size(), 1U);
    EXPECT_TRUE(find<QLabel>("dispatchSaid")->isVisible());
}

TEST_F(DispatchWindowTest, TheLateStandFirstAndTheSummarySaysSo) {
    assignment(2).departedAt = now() - 2h;
    open();
    board().setFocus();
    EXPECT_TRUE(find<QLabel>("boardSummary")->text().contains(QStringLiteral("1 overdue")));
    EXPECT_LT(board().cardRect(id<model::AssignmentId>(2)).top(), board().cardRect(id<model::AssignmentId>(1)).top());
    choose(2);
    EXPECT_TRUE(board().accessibleDescription().contains(QStringLiteral("OVERDUE")));
    save("board");
}

TEST_F(DispatchWindowTest, ADecisionThatWaitsIsABannerOnEveryPage) {
    open(DispatchWindow::Page::supplies);
    EXPECT_FALSE(find<QWidget>("dispatchBanner")->isVisible());
    addDecision(1, model::DecisionState::waiting);
    desk.tellAll();
    EXPECT_TRUE(find<QWidget>("dispatchBanner")->isVisible());
    state().desk.onDuty = "R. Hoop"; // the leader sits here
    desk.tellAll();
    EXPECT_TRUE(find<QLabel>("bannerText")->text().contains(QStringLiteral("Waits for your word")));
    find<QPushButton>("bannerRefuse")->click();
    EXPECT_EQ(window->page(), DispatchWindow::Page::decisions);
    answer(QStringLiteral("too many"));
    const auto* judged = desk.lastSent<desk::JudgeDecision>();
    ASSERT_NE(judged, nullptr);
    EXPECT_FALSE(judged->approve);
    EXPECT_EQ(judged->reason, "too many");
    find<QPushButton>("bannerApprove")->click();
    ASSERT_NE(desk.lastSent<desk::JudgeDecision>(), nullptr);
    EXPECT_TRUE(desk.lastSent<desk::JudgeDecision>()->approve);
    save("decisions");
}

TEST_F(DispatchWindowTest, TheBannerOffersWhatThePersonHereMayDo) {
    addDecision(1, model::DecisionState::waiting).at = now() - 20s; // by M. Keller, who sits here
    open();
    auto* text = find<QLabel>("bannerText");
    auto* approve = find<QPushButton>("bannerApprove");
    auto* refuse = find<QPushButton>("bannerRefuse");
    EXPECT_FALSE(approve->isVisible());
    EXPECT_FALSE(approve->isEnabled());
    EXPECT_TRUE(refuse->isVisible());
    EXPECT_EQ(refuse->text(), QStringLiteral("Take back…"));
    EXPECT_TRUE(text->text().contains(QStringLiteral("the word of R. Hoop"))) << text->text().toStdString();
    EXPECT_TRUE(text->text().contains(QStringLiteral("an alarm in 00:40"))) << text->text().toStdString();
    desk.time += 60s;
    desk.tellAll();
    EXPECT_TRUE(text->text().contains(QStringLiteral("an alarm for 00:20"))) << text->text().toStdString();

    state().desk.onDuty = "B. Ospelt"; // neither the leader nor who proposed it
    desk.tellAll();
    EXPECT_FALSE(approve->isVisible());
    EXPECT_FALSE(refuse->isVisible());
    EXPECT_TRUE(find<QPushButton>("bannerLook")->isVisible());
    window->showPage(DispatchWindow::Page::decisions);
    EXPECT_FALSE(find<QPushButton>("decisionApprove")->isVisible());
    EXPECT_EQ(find<QLabel>("decisionWaits")->text(), QStringLiteral("Waits for the word of R. Hoop"));

    state().desk.leader.clear(); // then whoever did not propose it …
    desk.tellAll();
    EXPECT_TRUE(approve->isVisible());
    state().desk.pins["L. Frick"] = now(); // … unless those whom the county names have PINs
    window->setLeaders({"L. Frick"});
    EXPECT_FALSE(approve->isVisible());
    EXPECT_TRUE(text->text().contains(QStringLiteral("the word of L. Frick"))) << text->text().toStdString();
    state().desk.onDuty = "L. Frick";
    desk.tellAll();
    EXPECT_TRUE(approve->isVisible());
    EXPECT_TRUE(text->text().contains(QStringLiteral("PIN"))) << "and it was not given here";
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(DispatchWindowTest, ADecisionShowsWhatReallyHappened) {
    const auto& decision = addDecision(1, model::DecisionState::sent);
    assignment(1).decision = decision.id;
    assignment(1).state = model::AssignmentState::onScene;
    assignment(1).arrivedAt = *assignment(1).departedAt + 480s;
    open(DispatchWindow::Page::decisions);
    const QString text = find<QTextBrowser>("decisionCard")->toPlainText();
    EXPECT_TRUE(text.contains(QStringLiteral("2 min later"))) << text.toStdString();
    EXPECT_TRUE(text.contains(QStringLiteral("27,500")));
}

TEST_F(DispatchWindowTest, AShortfallBecomesARequest) {
    addShortage();
    open(DispatchWindow::Page::supplies);
    auto* needs = find<QTreeWidget>("supplyNeeds");
    for (int i = 0; i < needs->topLevelItemCount(); ++i) {
        if (needs->topLevelItem(i)->text(1) == QStringLiteral("Sandbags") && needs->topLevelItem(i)->text(0).startsWith(QStringLiteral("2026")))
            needs->setCurrentItem(needs->topLevelItem(i));
    }
    save("supplies");
    find<QPushButton>("supplyAsk")->click();
    EXPECT_EQ(window->page(), DispatchWindow::Page::aid);
    find<QPushButton>("aidSave")->click();
    const auto* put = desk.lastSent<desk::PutAidRequest>();
    ASSERT_NE(put, nullptr);
    EXPECT_EQ(put->request.partner, id<model::ResourceId>(40));
    EXPECT_DOUBLE_EQ(put->request.items.at(0).quantity, 950);
    EXPECT_EQ(put->request.incident, id<model::IncidentId>(1));
}

TEST_F(DispatchWindowTest, ARequestOffersWhatMayFollow) {
    addShortage();
    addAid(1, model::AidState::sent);
    open(DispatchWindow::Page::aid);
    EXPECT_TRUE(find<QPushButton>("aid-accepted")->isVisible());
    EXPECT_FALSE(find<QPushButton>("aid-arrived")->isVisible());
    EXPECT_TRUE(find<QPlainTextEdit>("aidText")->toPlainText().contains(QStringLiteral("950")));
    save("aid");
    find<QPushButton>("aid-accepted")->click();
    auto* lent = find<QDoubleSpinBox>("aidLent0");
    EXPECT_DOUBLE_EQ(lent->value(), 950);
    lent->setValue(0);
    EXPECT_FALSE(find<QPushButton>("aidAnswerSave")->isEnabled()) << "who lends nothing declines";
    lent->setValue(300);
    find<QLineEdit>("aidNote")->setText(QStringLiteral("from 09:00"));
    find<QPushButton>("aidAnswerSave")->click();
    const auto* advanced = desk.lastSent<desk::AdvanceAidRequest>();
    ASSERT_NE(advanced, nullptr);
    EXPECT_EQ(advanced->to, model::AidState::accepted);
    EXPECT_EQ(advanced->note, "from 09:00");
    EXPECT_EQ(advanced->lent, std::vector<double>{300});
}

TEST_F(DispatchWindowTest, WhatIsRefusedStaysWhereItWasTyped) {
    addShortage();
    addAid(1, model::AidState::drafted);
    open(DispatchWindow::Page::aid);
    find<QPushButton>("aidEdit")->click();
    auto* form = find<QDialog>("aidForm");
    form->findChild<QPlainTextEdit*>(QStringLiteral("aidMessage"))->setPlainText(QStringLiteral("Send them to gate 2"));
    desk.refuseNext = base::Error{base::Code::conflict, "request 2026-0147/A1 has been changed by A. Frick meanwhile: look at it again", {}};
    auto* save = form->findChild<QPushButton*>(QStringLiteral("aidSave"));
    save->click();
    EXPECT_TRUE(form->isVisible());
    EXPECT_TRUE(form->findChild<QLabel*>(QStringLiteral("trouble"))->text().contains(QStringLiteral("A. Frick")));
    EXPECT_EQ(form->findChild<QPlainTextEdit*>(QStringLiteral("aidMessage"))->toPlainText(), QStringLiteral("Send them to gate 2"));
    ASSERT_TRUE(save->isEnabled());
    save->click();
    EXPECT_FALSE(form->isVisible());
    const auto* put = desk.lastSent<desk::PutAidRequest>();
    ASSERT_NE(put, nullptr);
    ASSERT_TRUE(put->seen);
    EXPECT_EQ(put->seen->id, id<model::AidRequestId>(1));
    EXPECT_TRUE(put->seen->message.empty()) << "as it was when the form was opened";
    EXPECT_EQ(put->request.message, "Send them to gate 2");
}

TEST_F(DispatchWindowTest, ARefusedLineCanBeSentAgain) {
    open();
    choose(3);
    QTest::keyClick(&board(), Qt::Key_R);
    auto* dialog = find<QDialog>("lineDialog");
    dialog->findChild<QLineEdit*>(QStringLiteral("line"))->setText(QStringLiteral("done"));
    desk.refuseNext = base::Error{base::Code::unavailable, "the desk is gone", {}};
    auto* act = dialog->findChild<QPushButton*>(QStringLiteral("act"));
    act->click();
    EXPECT_TRUE(dialog->isVisible());
    EXPECT_EQ(dialog->findChild<QLineEdit*>(QStringLiteral("line"))->text(), QStringLiteral("done"));
    EXPECT_FALSE(dialog->findChild<QLabel*>(QStringLiteral("trouble"))->text().isEmpty());
    act->click();
    EXPECT_FALSE(dialog->isVisible());
}

TEST_F(DispatchWindowTest, EmptyPagesSayWhatToDo) {
    state().assignments.clear();
    for (auto& [incident, i] : state().incidents)
        i.needs.clear();
    open();
    for (const auto& [page, label] : std::initializer_list<std::pair<DispatchWindow::Page, const char*>>{
             {DispatchWindow::Page::supplies, "supplyEmpty"},
             {DispatchWindow::Page::callDowns, "callDownEmpty"},
             {DispatchWindow::Page::aid, "aidEmpty"},
             {DispatchWindow::Page::decisions, "decisionEmpty"}}) {
        window->showPage(page);
        EXPECT_TRUE(find<QLabel>(label)->isVisible()) << label;
    }
    window->showPage(DispatchWindow::Page::timeline);
    save("timeline-empty");
}

TEST_F(DispatchWindowTest, NothingCanBeDoneReadOnly) {
    desk.isReadOnly = true;
    addDecision(1, model::DecisionState::waiting);
    open();
    choose(1);
    EXPECT_FALSE(find<QPushButton>("boardStep")->isEnabled());
    EXPECT_FALSE(find<QPushButton>("bannerApprove")->isEnabled());
    QTest::keyClick(&board(), Qt::Key_R);
    QTest::keyClick(&board(), Qt::Key_C);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(DispatchWindowTest, AnOrderIsShownInEitherLanguage) {
    open();
    choose(1);
    QTest::keyClick(&board(), Qt::Key_T);
    find<QComboBox>("orderLanguage")->setCurrentIndex(1);
    EXPECT_TRUE(find<QPlainTextEdit>("orderText")->toPlainText().contains(QString::fromUtf8("坐标")));
    EXPECT_FALSE(find<QPlainTextEdit>("orderRadio")->toPlainText().isEmpty());
}

TEST_F(DispatchWindowTest, AllSelectedOrdersAreOneDialogThatPages) {
    open();
    board().setFocus();
    QTest::keyClick(&board(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&board(), Qt::Key_T);
    auto* list = find<QListWidget>("orderList");
    ASSERT_EQ(list->count(), 4); // all, then each
    const auto* text = find<QPlainTextEdit>("orderText");
    EXPECT_EQ(text->toPlainText().count(QStringLiteral("Task order ")), 3);
    QTest::keyClick(list, Qt::Key_Down);
    EXPECT_EQ(text->toPlainText().count(QStringLiteral("Task order ")), 1);
    EXPECT_FALSE(find<QPlainTextEdit>("orderSms")->isReadOnly());
    save("orders");
}

TEST_F(DispatchWindowTest, TheNewestOrdersOpenByOneKeyAndTellWhomNoDeviceReaches) {
    state().units.clear();
    for (const unsigned n : {1U, 2U}) {
        assignment(n).decision = id<model::DecisionId>(7);
        assignment(n).state = model::AssignmentState::notified;
        assignment(n).notifiedAt = now();
    }
    open();
    QTest::keyClick(&board(), Qt::Key_T, Qt::ShiftModifier);
    EXPECT_EQ(find<QListWidget>("orderList")->count(), 3);
    auto* voice = find<QLabel>("orderVoice");
    EXPECT_TRUE(voice->text().contains(QString::fromStdString(resource(1).name.text)));
    auto* told = find<QPushButton>("orderTold");
    EXPECT_TRUE(told->isEnabled());
    told->click();
    ASSERT_NE(desk.lastSent<desk::RecordTold>(), nullptr);
    EXPECT_EQ(desk.lastSent<desk::RecordTold>()->assignments.size(), 2U);
    EXPECT_EQ(desk.lastSent<desk::RecordTold>()->reached, model::Reached::voice);
    for (const unsigned n : {1U, 2U})
        assignment(n).state = model::AssignmentState::accepted;
    desk.tellAll();
    EXPECT_TRUE(voice->text().isEmpty());
}

TEST_F(DispatchWindowTest, SuppliesAskTheRoadsOnceAndAgainWhenTheyDiffer) {
    addShortage();
    desk.drives = {{id<model::ResourceId>(9), 3000}, {id<model::ResourceId>(40), 1800}};
    open(DispatchWindow::Page::supplies);
    auto* needs = find<QTreeWidget>("supplyNeeds");
    for (int i = 0; i < needs->topLevelItemCount(); ++i) {
        if (needs->topLevelItem(i)->text(1) == QStringLiteral("Sandbags") && needs->topLevelItem(i)->text(0).startsWith(QStringLiteral("2026")))
            needs->setCurrentItem(needs->topLevelItem(i));
    }
    EXPECT_TRUE(find<QLabel>("supplyWords")->text().contains(QStringLiteral("in 50 min"))) << find<QLabel>("supplyWords")->text().toStdString();
    EXPECT_EQ(desk.waysAsked, 1);
    desk.time += 3s;
    desk.tellAll();
    EXPECT_EQ(desk.waysAsked, 1) << "nothing is new";
    model::Drawing closure;
    closure.id = id<model::DrawingId>(77);
    closure.kind = model::DrawingKind::closure;
    state().drawings[closure.id] = closure;
    desk.time += 3s;
    desk.tellAll();
    EXPECT_EQ(desk.waysAsked, 2);
}

TEST_F(DispatchWindowTest, WhatIsAskedForStandsInItsColumnAndIsNotAskedForAgain) {
    addShortage();
    addAid(1, model::AidState::sent);
    open(DispatchWindow::Page::supplies);
    auto* needs = find<QTreeWidget>("supplyNeeds");
    bool found = false;
    for (int i = 0; i < needs->topLevelItemCount(); ++i) {
        auto* item = needs->topLevelItem(i);
        if (item->text(1) != QStringLiteral("Sandbags") || !item->text(0).startsWith(QStringLiteral("2026")))
            continue;
        found = true;
        needs->setCurrentItem(item);
        EXPECT_TRUE(item->text(8).startsWith(QStringLiteral("950")));
        EXPECT_FALSE(find<QPushButton>("supplyAsk")->isEnabled());
    }
    EXPECT_TRUE(found);
}

TEST_F(DispatchWindowTest, WhatIsLowIsRestockedByKeyFromTheStoreThatIsThereFirst) {
    resource(9).stock[0].minimum = 2000;
    resource(9).countedAt = now() - 72h;
    addStore(41, 3000, 47.135); // nearer, but the way is longer
    addStore(42, 3000, 47.2);
    desk.drives = {{id<model::ResourceId>(41), 1500}, {id<model::ResourceId>(42), 700}};
    open(DispatchWindow::Page::supplies);
    auto* stock = find<QTreeWidget>("supplyStock");
    ASSERT_EQ(stock->topLevelItemCount(), 1);
    EXPECT_TRUE(stock->topLevelItem(0)->text(5).startsWith(QStringLiteral("counted 3 d")));
    stock->setCurrentItem(stock->topLevelItem(0));
    QTest::keyClick(stock, Qt::Key_S);
    find<QPushButton>("askAct")->click();
    const auto* moved = desk.lastSent<desk::MoveStock>();
    ASSERT_NE(moved, nullptr);
    EXPECT_EQ(moved->act, desk::StockAct::transfer);
    EXPECT_EQ(moved->resource, id<model::ResourceId>(42));
    EXPECT_EQ(moved->to, id<model::ResourceId>(9));
    EXPECT_EQ(moved->code, "3010100");
    EXPECT_DOUBLE_EQ(moved->quantity, 450);
}

TEST_F(DispatchWindowTest, SpeaksChinese) {
    theme.setLook(Theme::Look::light);
    speak(QStringLiteral("zh_CN"));
    addShortage();
    addAid(1, model::AidState::sent);
    addCallDown(1);
    addDecision(1, model::DecisionState::waiting);
    assignment(2).departedAt = now() - 2h;
    open();
    EXPECT_EQ(window->windowTitle(), QString::fromUtf8("已派出力量"));
    const char* names[] = {"board", "timeline", "supplies", "calldowns", "aid", "decisions"};
    for (int i = 0; i < 6; ++i) {
        window->showPage(static_cast<DispatchWindow::Page>(i));
        save((std::string("zh-") + names[i]).c_str());
    }
    window.reset();
    speak(QStringLiteral("en"));
    theme.setLook(Theme::Look::dark);
    open();
    window->resize(1920, 1080);
    for (int i = 0; i < 6; ++i) {
        window->showPage(static_cast<DispatchWindow::Page>(i));
        save((std::string("en-") + names[i]).c_str());
    }
}

TEST_F(DispatchWindowTest, FiveHundredAreShown) {
    const auto one = assignment(1);
    const auto who = resource(1);
    for (unsigned n = 1000; n < 1500; ++n) {
        auto r = who;
        r.id = id<model::ResourceId>(n);
        state().resources[r.id] = r;
        auto a = one;
        a.id = id<model::AssignmentId>(n);
        a.resource = r.id;
        state().assignments[a.id] = a;
    }
    open();
    for (const auto page : {DispatchWindow::Page::board, DispatchWindow::Page::timeline}) {
        window->showPage(page);
        (void)window->grab();
        desk.tellAll();
        EXPECT_FALSE(window->grab().isNull());
    }
}

} // namespace
} // namespace tocsin::gui
