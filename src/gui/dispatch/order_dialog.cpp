#include "gui/dispatch/order_dialog.hpp"

#include "gui/dispatch/dispatch_page.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>

namespace tocsin::gui {

OrderDialog::OrderDialog(const UiContext& ui, model::AssignmentId assignment, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_assignment(assignment), m_language(new QComboBox(this)), m_tabs(new QTabWidget(this)),
      m_text(new QPlainTextEdit(this)), m_sms(new QPlainTextEdit(this)), m_count(new QLabel(this)),
      m_radio(new QPlainTextEdit(this)), m_copy(pageButton("orderCopy", "primary", this)),
      m_print(pageButton("orderPrint", "", this)) {
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("orderDialog"));
    setWindowTitle(tr("Task order"));
    m_language->setObjectName(QStringLiteral("orderLanguage"));
    m_text->setObjectName(QStringLiteral("orderText"));
    m_sms->setObjectName(QStringLiteral("orderSms"));
    m_radio->setObjectName(QStringLiteral("orderRadio"));
    m_count->setObjectName(QStringLiteral("orderCount"));
    m_language->setAccessibleName(tr("Language of the order"));
    // Languages name themselves, whatever the window speaks.
    m_language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    m_language->addItem(QString::fromUtf8("中文"), QStringLiteral("zh_CN"));
    m_language->setCurrentIndex(ui.language.startsWith(QLatin1String("zh")) ? 1 : 0);
    for (auto* edit : {m_text, m_radio})
        edit->setReadOnly(true);
    m_text->setFont(ui.theme.font(Theme::Text::row));
    m_radio->setFont(ui.theme.font(Theme::Text::title)); // read out from a distance
    m_sms->setFont(ui.theme.font(Theme::Text::row));
    m_count->setProperty("role", QStringLiteral("dim"));
    auto* message = new QWidget(this);
    auto* inside = new QVBoxLayout(message);
    inside->setContentsMargins(0, 8, 0, 0);
    inside->addWidget(m_sms, 1);
    inside->addWidget(m_count);
    m_tabs->setObjectName(QStringLiteral("orderTabs"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_text, tr("Text"));
    m_tabs->addTab(message, tr("Short message"));
    m_tabs->addTab(m_radio, tr("Radio"));
    m_copy->setText(tr("Copy"));
    m_print->setText(tr("Print…"));
    auto* close = pageButton("orderClose", "", this);
    close->setText(tr("Close"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    column->addWidget(m_tabs, 1);
    auto* row = new QHBoxLayout;
    row->addWidget(m_language);
    row->addStretch();
    row->addWidget(m_copy);
    row->addWidget(m_print);
    row->addWidget(close);
    column->addLayout(row);
    resize(640, 520);
    connect(m_language, &QComboBox::currentIndexChanged, this, &OrderDialog::fill);
    connect(m_sms, &QPlainTextEdit::textChanged, this, [this] {
        const auto count = countSms(m_sms->toPlainText());
        const int most = count.unicode ? 70 : 160;
        m_count->setText(count.parts == 1 ? tr("%1 of %2 characters, 1 message").arg(count.units).arg(most)
                                          : tr("%1 characters, %2 messages").arg(count.units).arg(count.parts));
    });
    connect(m_copy, &QPushButton::clicked, this, [this] {
        const auto* shown = m_tabs->currentIndex() == 0 ? m_text : m_tabs->currentIndex() == 1 ? m_sms : m_radio;
        copyText(shown->toPlainText());
    });
    connect(m_print, &QPushButton::clicked, this, [this] {
        const TaskOrder order(m_ui.desk.state(), m_assignment, m_language->currentData().toString(), m_ui.desk.now());
        printHtml(order.title(), order.html(), this);
    });
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    fill();
    m_copy->setFocus();
}

void OrderDialog::fill() {
    const TaskOrder order(m_ui.desk.state(), m_assignment, m_language->currentData().toString(), m_ui.desk.now());
    m_text->setPlainText(order.text());
    m_sms->setPlainText(order.sms());
    m_radio->setPlainText(order.radio().join(QLatin1Char('\n')));
}

} // namespace tocsin::gui
