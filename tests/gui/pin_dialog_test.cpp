#include "gui/fake_bridge.hpp"
#include "gui/shell/pin_dialog.hpp"
#include "gui/shell/proofs.hpp"
#include "gui/shell/seat_dialog.hpp"
#include "tocsin/gui/contact_right.hpp"
#include "tocsin/gui/pin_place.hpp"
#include "tocsin/gui/seat_place.hpp"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>
#include <QWidget>
#include <gtest/gtest.h>
#include <map>
#include <set>

// PINs at a window: what is asked, when, and what becomes of a wrong one.

namespace tocsin::gui {
namespace {

/// A desk that knows PINs.
class PinBridge : public test::FakeBridge {
  public:
    bool proven(const QString& name) const override { return given.contains(name); }
    void prove(const QString& name, const QString& pin, QObject*, Proof answer) override {
        if (waits) {
            later = std::move(answer);
            return;
        }
        if (pin != pins[name])
            return answer(base::fail(base::Code::refused, "that is not the PIN of " + name.toStdString()));
        given.insert(name);
        answer(base::Result<void>());
    }
    void changePin(const QString& old, const QString& fresh, QObject*, Proof answer) override {
        changes.emplace_back(old, fresh);
        answer(base::Result<void>());
    }
    void protect(const QString& name, const QString& pin) {
        pins[name] = pin;
        scene().state.desk.pins[name.toStdString()] = time;
    }

    bool waits{false};
    Proof later;
    std::map<QString, QString> pins;
    std::set<QString> given;
    std::vector<std::pair<QString, QString>> changes;
};

class PinsAtAWindow : public testing::Test {
  protected:
    PinsAtAWindow() {
        QObject::connect(place, &PinPlace::said, &window, [this](const QString& sentence) { said.push_back(sentence); });
        window.show();
    }
    [[nodiscard]] PinDialog* dialog() const {
        for (auto* one : window.findChildren<PinDialog*>())
            if (one->isVisible())
                return one;
        return nullptr;
    }
    [[nodiscard]] QLineEdit* field(const char* name) const { return dialog()->findChild<QLineEdit*>(QLatin1String(name)); }
    [[nodiscard]] QPushButton* button(const char* name) const { return dialog()->findChild<QPushButton*>(QLatin1String(name)); }

    PinBridge desk;
    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Selection selection;
    UiContext ui{desk, theme, selection, code};
    std::vector<QString> said;
    QWidget window;
    PinPlace* place{new PinPlace(ui, {"M. Keller", "A. Frick"}, &window)};
};

TEST_F(PinsAtAWindow, whoMaySeeContactsIsNamedByOneWhosePinWasGiven) {
    const std::vector<std::string> now{"A. Frick", "B. Hasler"};
    const std::vector<std::string> wanted{"A. Frick", "X. Anybody"};
    EXPECT_TRUE(mayNameReaders(desk, now, wanted)) << "nobody has a PIN";
    desk.protect("B. Hasler", "4711");
    EXPECT_FALSE(mayNameReaders(desk, now, wanted));
    EXPECT_FALSE(mayNameReaders(desk, now, {})) << "everybody";
    EXPECT_TRUE(mayNameReaders(desk, now, now)) << "the rest of the page is saved";
    desk.given.insert("B. Hasler");
    EXPECT_TRUE(mayNameReaders(desk, now, wanted));
    EXPECT_TRUE(mayNameReaders(desk, {}, now)) << "where everybody may nothing is taken from anybody";
}

TEST_F(PinsAtAWindow, aNameWithAPinIsAskedForItAndAWrongOneIsSaid) {
    desk.protect("M. Keller", "4711"); // who is on duty
    desk.tellAll();
    ASSERT_NE(dialog(), nullptr);
    EXPECT_FALSE(dialog()->isModal()) << "work goes on without it";
    auto* pin = field("pinNow");
    ASSERT_NE(pin, nullptr);
    EXPECT_EQ(field("pinFresh"), nullptr);
    EXPECT_EQ(pin->echoMode(), QLineEdit::Password);
    EXPECT_EQ(pin->maxLength(), 12);
    EXPECT_FALSE(pin->accessibleName().isEmpty());
    EXPECT_FALSE(button("pinAct")->isEnabled());
    pin->setText("471");
    EXPECT_FALSE(button("pinAct")->isEnabled());
    pin->setText("4712");
    button("pinAct")->click();
    ASSERT_NE(dialog(), nullptr);
    auto* error = dialog()->findChild<QLabel*>("pinError");
    EXPECT_TRUE(error->isVisible());
    EXPECT_TRUE(error->text().contains("M. Keller")) << error->text().toStdString();
    EXPECT_TRUE(pin->text().isEmpty()) << "it does not stand there";
    desk.waits = true;
    pin->setText("4711");
    button("pinAct")->click();
    EXPECT_FALSE(button("pinAct")->isEnabled()) << "not twice";
    desk.given.insert("M. Keller");
    desk.later(base::Result<void>());
    EXPECT_EQ(dialog(), nullptr);
    desk.tellAll();
    EXPECT_EQ(dialog(), nullptr) << "it is not asked again";
    EXPECT_TRUE(said.empty());
}

TEST_F(PinsAtAWindow, whatBecameKnownBeforeTheWindowWasThereIsAskedOnceItIs) {
    window.hide();
    desk.protect("M. Keller", "4711");
    desk.tellAll();
    EXPECT_EQ(dialog(), nullptr);
    window.show();
    EXPECT_TRUE(QTest::qWaitFor([this] { return dialog() != nullptr; }));
}

TEST_F(PinsAtAWindow, aNameWithARightAndWithoutAPinIsSaidOnce) {
    desk.tellAll();
    desk.tellAll();
    ASSERT_EQ(said.size(), 1U);
    EXPECT_TRUE(said.front().contains("M. Keller"));
    EXPECT_EQ(dialog(), nullptr) << "nobody is kept from work";
    place->actions().front()->trigger();
    ASSERT_NE(dialog(), nullptr);
    EXPECT_EQ(field("pinNow"), nullptr) << "there is no old one";
    field("pinFresh")->setText("4711");
    field("pinAgain")->setText("4712");
    EXPECT_FALSE(button("pinAct")->isEnabled());
    field("pinAgain")->setText("4711");
    button("pinAct")->click();
    ASSERT_EQ(desk.changes.size(), 1U);
    EXPECT_EQ(desk.changes.front(), (std::pair<QString, QString>("", "4711")));
    EXPECT_EQ(dialog(), nullptr);
}

TEST_F(PinsAtAWindow, theOldOneIsAskedForBeforeAnotherIsSet) {
    desk.protect("M. Keller", "4711");
    desk.given.insert("M. Keller");
    desk.tellAll();
    EXPECT_EQ(dialog(), nullptr);
    place->open();
    ASSERT_NE(dialog(), nullptr);
    field("pinNow")->setText("4711");
    EXPECT_EQ(button("pinAct")->text(), "Take the PIN away");
    field("pinFresh")->setText("8822");
    field("pinAgain")->setText("8822");
    EXPECT_EQ(button("pinAct")->text(), "Change the PIN");
    button("pinAct")->click();
    EXPECT_EQ(desk.changes.front(), (std::pair<QString, QString>("4711", "8822")));
}

TEST_F(PinsAtAWindow, nobodySitsDownUnderANameWithoutItsPin) {
    std::vector<QString> sat;
    auto* seat = new SeatPlace(ui, {"A. Frick"}, [&](const QString& person) { sat.push_back(person); }, &window);
    desk.protect("A. Frick", "4711");
    desk.tellAll();
    seat->ask();
    window.findChild<SeatDialog*>()->findChild<QComboBox*>("seatName")->setCurrentText("A. Frick");
    window.findChild<SeatDialog*>()->findChild<QPushButton*>("seatSit")->click();
    ASSERT_NE(dialog(), nullptr);
    EXPECT_TRUE(sat.empty());
    field("pinNow")->setText("0000");
    button("pinAct")->click();
    EXPECT_TRUE(sat.empty());
    field("pinNow")->setText("4711");
    button("pinAct")->click();
    EXPECT_EQ(sat, std::vector<QString>{"A. Frick"});
}

TEST(Proofs, endWithWhoGaveThem) {
    Proofs proofs;
    proofs.keepOf("A");
    proofs.note("A");
    proofs.keepOf("A");
    EXPECT_TRUE(proofs.has("A"));
    proofs.note("B"); // who is about to take the shift
    proofs.keepOf("A");
    EXPECT_TRUE(proofs.has("B"));
    proofs.keepOf("B");
    EXPECT_TRUE(proofs.has("B"));
    EXPECT_FALSE(proofs.has("A"));
    proofs.keepOf("C");
    proofs.keepOf("B");
    EXPECT_TRUE(proofs.names().empty()) << "B gives it again";
}

} // namespace
} // namespace tocsin::gui
