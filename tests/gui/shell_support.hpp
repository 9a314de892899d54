#pragma once

#include "gui/fake_bridge.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/gui/main_window.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <filesystem>
#include <gtest/gtest.h>
#include <memory>
#include <vector>

namespace tocsin::gui::test {

/// Lets what waits in the event loop happen.
void settle();

/// The whole window over a stand-in desk, with stand-ins for panels.
class Window : public testing::Test {
  protected:
    Window() : language(code), ui{desk, theme, selection, code} {}

    MainWindow& open(int width = 1366, int height = 768, std::filesystem::path settings = {});
    void press(int key, Qt::KeyboardModifiers modifiers = {}, const QString& text = {});
    [[nodiscard]] std::vector<QString> barTexts() const;

    FakeBridge desk;
    QString code{"en"};
    Theme theme{Theme::Look::dark};
    Selection selection;
    Language language;
    UiContext ui;
    PlaceSearch places;
    int newIncidents{0};
    std::unique_ptr<MainWindow> window;
};

} // namespace tocsin::gui::test
