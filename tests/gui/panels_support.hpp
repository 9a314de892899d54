#pragma once

#include "gui/fake_bridge.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QCoreApplication>
#include <QTimeZone>
#include <gtest/gtest.h>

namespace tocsin::gui::test {

/// What a panel is given, over the stand-in desk; times are shown in UTC.
class PanelTest : public testing::Test {
  protected:
    PanelTest() { Words::useZone(QTimeZone::utc()); }

    void speak(const QString& wanted) {
        language.set(wanted);
        QCoreApplication::processEvents(); // the language reaches the widgets by the event loop
    }

    FakeBridge desk;
    Theme theme{Theme::Look::dark};
    Selection selection;
    QString code{QStringLiteral("en")};
    Language language{code};
    UiContext ui{desk, theme, selection, code};
};

} // namespace tocsin::gui::test
