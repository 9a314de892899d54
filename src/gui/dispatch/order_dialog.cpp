#include "gui/dispatch/order_dialog.hpp"

#include "gui/dispatch/dispatch_page.hpp"
#include "gui/dispatch/dispatch_words.hpp"
#include "gui/dispatch/order_bundle.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {
constexpr qsizetype mostNamed = 8; ///< of those who are told by voice; the list marks all
} // namespace

OrderDialog::OrderDialog(const UiContext& ui, std::vector<model::AssignmentId> orders, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_orders(std::move(orders)), m_list(new QListWidget(this)), m_language(new QComboBox(this)),
      m_tabs(new QTabWidget(this)), m_text(new QPlainTextEdit(this)), m_sms(new QPlainTextEdit(this)), m_count(new QLabel(this)),
      m_radio(new QPlainTextEdit(this)), m_voice(new QLabel(this)), m_copy(pageButton("orderCopy", "primary", this)),
      m_print(pageButton("orderPrint", "", this)), m_told(pageButton("orderTold", "", this)) {
    const bool several = m_orders.size() > 1;
    setAttribute(Qt::WA_DeleteOnClose);
    setObjectName(QStringLiteral("orderDialog"));
    setWindowTitle(several ? tr("%1 task orders").arg(m_orders.size()) : tr("Task order"));
    m_list->setObjectName(QStringLiteral("orderList"));
    m_list->setAccessibleName(tr("Task orders"));
    m_list->setVisible(several);
    m_list->setMinimumWidth(260);
    m_language->setObjectName(QStringLiteral("orderLanguage"));
    m_text->setObjectName(QStringLiteral("orderText"));
    m_sms->setObjectName(QStringLiteral("orderSms"));
    m_radio->setObjectName(QStringLiteral("orderRadio"));
    m_count->setObjectName(QStringLiteral("orderCount"));
    m_voice->setObjectName(QStringLiteral("orderVoice"));
    m_voice->setTextFormat(Qt::PlainText);
    m_voice->setWordWrap(true);
    m_voice->setFont(ui.theme.font(Theme::Text::bodyBold));
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
    auto* close = pageButton("orderClose", "", this);
    close->setText(tr("Close"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 12);
    auto* body = new QHBoxLayout;
    body->addWidget(m_list);
    body->addWidget(m_tabs, 1);
    column->addLayout(body, 1);
    column->addWidget(m_voice);
    auto* row = new QHBoxLayout;
    row->addWidget(m_language);
    row->addStretch();
    row->addWidget(m_told);
    row->addWidget(m_copy);
    row->addWidget(m_print);
    row->addWidget(close);
    column->addLayout(row);
    resize(several ? 920 : 640, 520);
    list();
    connect(m_list, &QListWidget::currentRowChanged, this, &OrderDialog::fill);
    connect(m_language, &QComboBox::currentIndexChanged, this, &OrderDialog::fill);
    connect(m_sms, &QPlainTextEdit::textChanged, this, &OrderDialog::count);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        const auto* shown = m_tabs->currentIndex() == 0 ? m_text : m_tabs->currentIndex() == 1 ? m_sms : m_radio;
        copyText(shown->toPlainText());
    });
    connect(m_print, &QPushButton::clicked, this, &OrderDialog::print);
    connect(close, &QPushButton::clicked, this, &QDialog::close);
    m_told->setText(tr("Told by voice (Alt+V)"));
    m_told->setShortcut(QKeySequence(Qt::ALT | Qt::Key_V));
    connect(m_told, &QPushButton::clicked, this, &OrderDialog::told);
    // Who accepts meanwhile need not be told any more.
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (changes.all || !changes.assignments.empty())
            list();
    });
    fill();
    if (several)
        m_list->setFocus();
    else
        m_copy->setFocus();
}

QString OrderDialog::nameOf(model::AssignmentId id) const {
    const auto& all = m_ui.desk.state().assignments;
    const auto found = all.find(id);
    return found == all.end() ? QStringLiteral("?") : DispatchWords::resource(m_ui.desk.state(), found->second.resource, m_ui.language);
}

void OrderDialog::list() {
    const auto& state = m_ui.desk.state();
    const auto voice = toldByVoice(state, m_orders);
    if (m_list->count() == 0) {
        m_list->addItem(QString());
        for (std::size_t i = 0; i < m_orders.size(); ++i)
            m_list->addItem(QString());
        m_list->setCurrentRow(0);
    }
    m_list->item(0)->setText(tr("All %1").arg(m_orders.size()));
    QStringList names;
    for (std::size_t i = 0; i < m_orders.size(); ++i) {
        const auto found = state.assignments.find(m_orders[i]);
        const QString number = found == state.assignments.end() ? QString() : Words::plain(found->second.order);
        const QString name = nameOf(m_orders[i]);
        const bool tell = std::find(voice.begin(), voice.end(), m_orders[i]) != voice.end();
        QString line = number.isEmpty() ? name : number + QStringLiteral("  ") + name;
        if (tell) {
            line = found->second.word == model::TeamWord::recall  ? tr("%1: recall, by voice", "an order's number and name").arg(line)
                   : found->second.word == model::TeamWord::way   ? tr("%1: another way, by voice", "an order's number and name").arg(line)
                   : found->second.word == model::TeamWord::moved ? tr("%1: new place, by voice", "an order's number and name").arg(line)
                                                                  : tr("%1: by voice", "an order's number and name").arg(line);
            names << name;
        }
        m_list->item(static_cast<int>(i) + 1)->setText(line);
    }
    QString whom = names.mid(0, mostNamed).join(QStringLiteral(", "));
    if (names.size() > mostNamed)
        whom = tr("%1 and %2 more", "names").arg(whom).arg(names.size() - mostNamed);
    m_voice->setText(names.isEmpty() ? QString() : tr("Still to be told by voice, as it has reached no phone of theirs: %1").arg(whom));
    m_voice->setToolTip(tr("A phone is told over its connection (TCP, TLS or a TAK server), or says itself that it has the message. One that is heard only by "
                           "datagrams (UDP) is sent nothing."));
    m_voice->setVisible(!names.isEmpty());
    enable();
}

void OrderDialog::enable() {
    m_told->setEnabled(!m_ui.desk.readOnly() && !toldByVoice(m_ui.desk.state(), shown()).empty());
}

void OrderDialog::told() {
    const auto whom = toldByVoice(m_ui.desk.state(), shown());
    if (whom.empty())
        return;
    m_told->setEnabled(false);
    m_ui.desk.send(desk::RecordTold{whom, model::Reached::voice}, this, [this](const base::Result<desk::Done>& done) {
        list();
        if (done)
            return;
        m_voice->setText(Words::refusal(done.error()));
        m_voice->show();
    });
}

std::vector<model::AssignmentId> OrderDialog::shown() const {
    const int row = m_list->currentRow();
    if (m_orders.size() == 1 || row <= 0)
        return m_orders;
    return {m_orders[static_cast<std::size_t>(row) - 1]};
}

void OrderDialog::fill() {
    const auto which = shown();
    const QString language = m_language->currentData().toString();
    // What is sent to one can be shortened by hand; of all together no part is one message.
    m_sms->setReadOnly(which.size() > 1);
    if (which.size() == 1) {
        const TaskOrder order(m_ui.desk.state(), which.front(), language, m_ui.desk.now());
        m_text->setPlainText(order.text());
        m_sms->setPlainText(order.sms());
        m_radio->setPlainText(order.radio().join(QLatin1Char('\n')));
    } else {
        const OrderBundle bundle(m_ui.desk.state(), which, language, m_ui.desk.now());
        m_text->setPlainText(bundle.text());
        m_sms->setPlainText(bundle.sms());
        m_radio->setPlainText(bundle.radio());
    }
    enable();
    m_copy->setText(which.size() > 1 ? tr("Copy all") : tr("Copy"));
    m_print->setText(which.size() > 1 ? tr("Print all…") : tr("Print…"));
    count();
}

void OrderDialog::count() {
    const auto which = shown();
    if (which.size() > 1) {
        const OrderBundle bundle(m_ui.desk.state(), which, m_language->currentData().toString(), m_ui.desk.now());
        m_count->setText(tr("To %1 teams, %2 messages in all").arg(which.size()).arg(bundle.messages()));
        return;
    }
    const auto count = countSms(m_sms->toPlainText());
    const int most = count.unicode ? 70 : 160;
    m_count->setText(count.parts == 1 ? tr("%1 of %2 characters, 1 message").arg(count.units).arg(most)
                                      : tr("%1 characters, %2 messages").arg(count.units).arg(count.parts));
}

void OrderDialog::print() {
    const auto which = shown();
    const QString language = m_language->currentData().toString();
    const OrderBundle bundle(m_ui.desk.state(), which, language, m_ui.desk.now());
    const QString title = which.size() > 1 ? windowTitle()
                                           : TaskOrder(m_ui.desk.state(), which.front(), language, m_ui.desk.now()).title();
    printHtml(title, bundle.html(), this);
}

} // namespace tocsin::gui
