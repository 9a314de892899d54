#pragma once

#include "gui/dispatch/board_page.hpp"
#include "gui/dispatch_support.hpp"
#include "tocsin/gui/dispatch_window.hpp"

#include <QApplication>
#include <QLineEdit>
#include <QPushButton>
#include <memory>

namespace tocsin::gui {

/// The window of those who were sent, over the stand-in desk.
class DispatchWindowTest : public test::DispatchTest {
  protected:
    void open(DispatchWindow::Page page = DispatchWindow::Page::board) {
        window = std::make_unique<DispatchWindow>(ui, desk::DispatchRules{});
        window->resize(1366, 768);
        window->show();
        window->showPage(page);
    }
    template <typename Widget>
    [[nodiscard]] Widget* find(const char* name) {
        auto* found = window->findChild<Widget*>(QString::fromLatin1(name));
        EXPECT_NE(found, nullptr) << name;
        return found;
    }
    [[nodiscard]] BoardView& board() { return *find<BoardView>("boardView"); }
    void choose(unsigned n) { board().setCurrent(test::id<model::AssignmentId>(n)); }
    /// Answers the dialog that asks for a line.
    void answer(const QString& line) {
        auto* dialog = window->findChild<LineDialog*>(QStringLiteral("lineDialog"));
        ASSERT_NE(dialog, nullptr);
        dialog->findChild<QLineEdit*>(QStringLiteral("line"))->setText(line);
        auto* act = dialog->findChild<QPushButton*>(QStringLiteral("act"));
        ASSERT_TRUE(act->isEnabled());
        act->click();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    void save(const char* name) {
        const QByteArray folder = qgetenv("TOCSIN_TEST_PICTURES");
        if (folder.isEmpty())
            return;
        QCoreApplication::processEvents(); // late layouts
        window->grab().save(QString::fromUtf8(folder) + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
    }
    std::unique_ptr<DispatchWindow> window;
};

} // namespace tocsin::gui
