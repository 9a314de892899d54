#include "tocsin/gui/start/start_window.hpp"

#include "gui/start/start_card.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMetaObject>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace tocsin::gui {

StartWindow::StartWindow(Theme& theme, Language& language, QString folder, CountyMaker maker, QWidget* parent)
    : QWidget(parent), m_theme(theme), m_language(language), m_folder(std::move(folder)), m_maker(std::move(maker)) {
    setObjectName(QStringLiteral("startWindow"));
    setMinimumSize(640, 560);
    setAutoFillBackground(true);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(makeChoicePage());
    m_pages->addWidget(makeWorkPage());
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(40, 28, 40, 28);
    column->addWidget(m_pages);
    connect(&m_theme, &Theme::changed, this, &StartWindow::retranslate);
    m_demo->setChecked(true);
    retranslate();
    m_demo->setFocus();
}

StartWindow::~StartWindow() {
    m_worker.request_stop();
    if (m_worker.joinable())
        m_worker.join();
}

StartChoice StartWindow::choice() const {
    const auto path = [](const QLineEdit* field) {
        return std::filesystem::path(QDir::cleanPath(field->text().trimmed()).toStdString());
    };
    StartChoice wanted;
    wanted.demo = m_demo->isChecked();
    if (wanted.demo)
        return wanted;
    if (!m_extract->text().trimmed().isEmpty())
        wanted.extract = path(m_extract);
    if (!m_heights->text().trimmed().isEmpty())
        wanted.heights = path(m_heights);
    if (!m_borders->text().trimmed().isEmpty())
        wanted.borders = path(m_borders);
    const auto english = m_english->text().trimmed().toStdString();
    const auto chinese = m_chinese->text().trimmed().toStdString();
    wanted.name.text = english.empty() ? chinese : english;
    if (!chinese.empty())
        wanted.name.translations["zh_CN"] = chinese;
    return wanted;
}

void StartWindow::setExtract(const QString& file) {
    m_own->setChecked(true);
    m_extract->setText(QDir::toNativeSeparators(file));
}

void StartWindow::chooseFile(QLineEdit* field, const QString& title, const QString& filter) {
    // Not modal by exec(): a nested event loop would run beside the window's own.
    auto* dialog = new QFileDialog(this, title, QFileInfo(field->text()).absolutePath(), filter);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, field,
            [field](const QString& file) { field->setText(QDir::toNativeSeparators(file)); });
    dialog->open();
}

// ---- the work

void StartWindow::start() {
    if (m_working || m_made || !m_act->isEnabled())
        return;
    m_failed.reset();
    m_note.clear();
    m_progress = {};
    m_working = true;
    m_pages->setCurrentIndex(1);
    m_cancel->setFocus();
    retranslate();
    m_worker = std::jthread([this, wanted = choice(), make = m_maker](const std::stop_token& stop) {
        const auto progress = [this](const StartProgress& now) {
            QMetaObject::invokeMethod(this, [this, now] { tell(now); }, Qt::QueuedConnection);
        };
        auto result = std::make_shared<base::Result<StartMade>>(make(wanted, progress, stop));
        QMetaObject::invokeMethod(this, [this, result] { finish(*result); }, Qt::QueuedConnection);
    });
}

void StartWindow::cancel() {
    if (!m_working)
        return;
    m_worker.request_stop();
    m_cancel->setEnabled(false);
    m_stage->setText(tr("Stopping …"));
}

void StartWindow::tell(const StartProgress& progress) {
    if (!m_working || m_worker.get_stop_token().stop_requested())
        return;
    m_progress = progress;
    refresh();
}

void StartWindow::finish(const base::Result<StartMade>& result) {
    m_worker.join();
    m_working = false;
    if (result) {
        m_made = true;
        for (const std::string& note : result->notes)
            m_note += (m_note.isEmpty() ? QString() : QStringLiteral("\n")) + QString::fromStdString(note);
        if (m_note.isEmpty()) {
            emit made();
            return;
        }
        m_open->setFocus();
    } else {
        if (result.error().code != base::Code::cancelled)
            m_failed = result.error();
        m_pages->setCurrentIndex(0);
    }
    retranslate();
    if (m_failed && !m_demo->isChecked())
        m_another->setFocus();
}

void StartWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_working) {
        cancel();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && m_pages->currentIndex() == 0) {
        start();
        return;
    }
    QWidget::keyPressEvent(event);
}

void StartWindow::closeEvent(QCloseEvent* event) {
    m_worker.request_stop();
    event->accept();
    if (m_made)
        emit made();
    else
        emit abandoned();
}

void StartWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace tocsin::gui
