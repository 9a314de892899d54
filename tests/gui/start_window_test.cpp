#include "tocsin/gui/start/start_window.hpp"

#include <QAbstractButton>
#include <QApplication>
#include <QElapsedTimer>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QRegularExpression>
#include <atomic>
#include <condition_variable>
#include <gtest/gtest.h>
#include <mutex>

namespace tocsin::gui {
namespace {

class Start : public testing::Test {
  protected:
    Start() : language(code) {}
    StartWindow& open(CountyMaker maker) {
        window = std::make_unique<StartWindow>(theme, language, "/data/county", std::move(maker));
        QObject::connect(window.get(), &StartWindow::made, window.get(), [this] { made = true; });
        window->resize(window->sizeHint());
        window->show();
        QCoreApplication::processEvents();
        return *window;
    }
    template <typename Is>
    static bool soon(Is is) {
        QElapsedTimer patience;
        patience.start();
        while (!is() && patience.elapsed() < 20'000)
            QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
        return is();
    }
    [[nodiscard]] QAbstractButton* button(const char* name) const {
        return window->findChild<QAbstractButton*>(QString::fromLatin1(name));
    }
    [[nodiscard]] QString text(const char* name) const {
        return window->findChild<QLabel*>(QString::fromLatin1(name))->text();
    }

    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Language language;
    std::unique_ptr<StartWindow> window;
    bool made{false};
};

TEST_F(Start, makesTheDemoCountyWithOneButton) {
    std::optional<StartChoice> asked;
    open([&](const StartChoice& choice, const auto& progress, const std::stop_token&) -> base::Result<StartMade> {
        asked = choice;
        progress({"Writing the map", 0.5});
        return StartMade{};
    });
    button("startAct")->click();
    ASSERT_TRUE(soon([this] { return made; }));
    ASSERT_TRUE(asked.has_value());
    EXPECT_TRUE(asked->demo);
}

TEST_F(Start, wantsAnExtractForOnesOwnCountyAndTakesItsNames) {
    std::optional<StartChoice> asked;
    open([&](const StartChoice& choice, const auto&, const std::stop_token&) -> base::Result<StartMade> {
        asked = choice;
        return StartMade{};
    });
    button("startOwn")->click();
    EXPECT_FALSE(button("startAct")->isEnabled());
    window->setExtract("/maps/andorra.osm.pbf");
    EXPECT_TRUE(button("startAct")->isEnabled());
    EXPECT_TRUE(button("startAct")->text().contains("andorra.osm.pbf")); // the button names what it does
    for (auto* field : window->findChildren<QLineEdit*>()) {
        if (field->accessibleName().contains("English"))
            field->setText("Andorra");
        if (field->accessibleName().contains("Chinese"))
            field->setText("安道尔");
    }
    EXPECT_EQ(button("startAct")->text(), "Make Andorra");
    button("startAct")->click();
    ASSERT_TRUE(soon([this] { return made; }));
    EXPECT_FALSE(asked->demo);
    EXPECT_EQ(asked->extract, "/maps/andorra.osm.pbf");
    EXPECT_EQ(asked->name.text, "Andorra");
    EXPECT_EQ(asked->name.in("zh_CN"), "安道尔");
}

TEST_F(Start, showsHowFarItIsAndCanBeCancelled) {
    std::atomic<bool> stopped{false};
    open([&](const StartChoice&, const auto& progress, const std::stop_token& stop) -> base::Result<StartMade> {
        progress({"Building the road network", 0.42});
        std::mutex mutex;
        std::condition_variable_any waiting;
        std::unique_lock lock(mutex);
        waiting.wait(lock, stop, [] { return false; });
        stopped = true;
        return base::fail(base::Code::cancelled, "cancelled");
    });
    button("startAct")->click();
    ASSERT_TRUE(soon([this] { return window->findChild<QProgressBar*>("startBar")->value() == 420; }));
    EXPECT_TRUE(text("startStage").contains("Building the road network"));
    EXPECT_TRUE(text("startStage").contains("42"));
    button("startCancel")->click();
    ASSERT_TRUE(soon([this] { return !window->working(); }));
    EXPECT_TRUE(stopped);
    EXPECT_FALSE(made);
    EXPECT_TRUE(button("startAct")->isVisible());
    EXPECT_FALSE(window->findChild<QLabel*>("startError")->isVisible()); // it was wanted
}

TEST_F(Start, saysWhatIsWrongWithAFileAndOffersToChooseAnother) {
    open([](const StartChoice&, const auto&, const std::stop_token&) -> base::Result<StartMade> {
        return base::fail(base::Code::malformed, "the extract ends in the middle of a block");
    });
    window->setExtract("/maps/cut.osm.pbf");
    button("startAct")->click();
    ASSERT_TRUE(soon([this] { return window->findChild<QLabel*>("startError")->isVisible(); }));
    EXPECT_TRUE(text("startError").contains("the extract ends in the middle of a block"));
    EXPECT_TRUE(button("startAnother")->isVisible());
    window->setExtract("/maps/whole.osm.pbf");
    EXPECT_FALSE(window->findChild<QLabel*>("startError")->isVisible());
}

TEST_F(Start, tellsWhatCouldNotBeTakenBeforeTheDeskOpens) {
    open([](const StartChoice&, const auto&, const std::stop_token&) -> base::Result<StartMade> {
        return StartMade{{"the heights lie elsewhere"}};
    });
    button("startAct")->click();
    ASSERT_TRUE(soon([this] { return button("startOpen")->isVisible(); }));
    EXPECT_FALSE(made);
    EXPECT_EQ(text("startStage"), "the heights lie elsewhere");
    button("startOpen")->click();
    EXPECT_TRUE(made);
}

TEST_F(Start, stopsTheWorkWhenTheWindowGoes) {
    std::atomic<bool> stopped{false};
    std::atomic<bool> begun{false};
    open([&](const StartChoice&, const auto&, const std::stop_token& stop) -> base::Result<StartMade> {
        begun = true;
        std::mutex mutex;
        std::condition_variable_any waiting;
        std::unique_lock lock(mutex);
        waiting.wait(lock, stop, [] { return false; });
        stopped = true;
        return base::fail(base::Code::cancelled, "cancelled");
    });
    button("startAct")->click();
    ASSERT_TRUE(soon([&] { return begun.load(); }));
    window.reset();
    EXPECT_TRUE(stopped);
}

TEST_F(Start, isWholeInChineseAndClipsNothing) {
    open([](const StartChoice&, const auto&, const std::stop_token&) -> base::Result<StartMade> { return StartMade{}; });
    button("startOwn")->click();
    for (const char* tongue : {"en", "zh_CN"}) {
        language.set(tongue);
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        for (auto* each : window->findChildren<QAbstractButton*>()) {
            if (each->isVisible()) {
                EXPECT_GE(each->width(), each->minimumSizeHint().width()) << each->text().toStdString();
            }
        }
    }
    for (auto* each : window->findChildren<QLabel*>()) {
        if (each->isVisible() && !each->text().isEmpty()) {
            EXPECT_TRUE(each->text().contains(QRegularExpression("[\\x{4e00}-\\x{9fff}]")))
                << each->text().toStdString();
        }
    }
}

} // namespace
} // namespace tocsin::gui
