#include "gui/shell_support.hpp"

#include "gui/preview/stand_ins.hpp"
#include "gui/shell/top_bar.hpp"

#include <QAbstractButton>
#include <QCoreApplication>
#include <QEventLoop>
#include <QKeyEvent>
#include <QTimeZone>
#include <utility>

namespace tocsin::gui::test {

void settle() {
    for (int i = 0; i < 20; ++i)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
}

MainWindow& Window::open(int width, int height, std::filesystem::path settings) {
    MainWindow::Parts parts{ui,
                            preview::makePanels(ui),
                            language,
                            QTimeZone("Europe/Vaduz"),
                            settings,
                            places,
                            [this] { ++newIncidents; },
                            false,
                            false};
    window = std::make_unique<MainWindow>(std::move(parts));
    window->resize(width, height);
    window->show();
    settle();
    return *window;
}

void Window::press(int key, Qt::KeyboardModifiers modifiers, const QString& text) {
    QWidget* target = window->focusWidget() != nullptr ? window->focusWidget() : window.get();
    QKeyEvent down(QEvent::KeyPress, key, modifiers, text);
    QCoreApplication::sendEvent(target, &down);
    settle();
}

std::vector<QString> Window::barTexts() const {
    std::vector<QString> texts;
    const auto* bar = window->findChild<TopBar*>("topBar");
    for (const auto* part : bar->findChildren<QWidget*>()) {
        if (const auto* button = qobject_cast<const QAbstractButton*>(part)) {
            texts.push_back(button->text());
            if (const auto* own = qobject_cast<const BarButton*>(button))
                texts.push_back(own->secondText());
        }
        texts.push_back(part->toolTip());
        texts.push_back(part->accessibleName());
    }
    return texts;
}

} // namespace tocsin::gui::test
