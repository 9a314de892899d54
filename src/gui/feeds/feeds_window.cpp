#include "tocsin/gui/feeds_window.hpp"

#include "gui/feeds/doors_page.hpp"
#include "gui/feeds/feed_form.hpp"
#include "gui/feeds/feed_pages.hpp"
#include "gui/feeds/feed_words.hpp"
#include "gui/feeds/register_offer.hpp"
#include "gui/feeds/watch_page.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTabWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <map>

namespace tocsin::gui {

namespace {
constexpr int nameColumn = 0;
constexpr int stateColumn = 1;
constexpr int rateColumn = 2;
constexpr int goodColumn = 3;
constexpr int quarantineColumn = 4;
constexpr int byColumn = 5;
constexpr int tickMs = 1000;
} // namespace

FeedsWindow::FeedsWindow(const UiContext& ui, FeedsDesk& feeds, QWidget* parent)
    : QDialog(parent), m_ui(ui), m_feeds(feeds), m_heading(new QLabel(this)), m_hint(new QLabel(this)),
      m_list(new QTreeWidget(this)), m_tabs(new QTabWidget(this)), m_health(new FeedHealthPage(ui, this)),
      m_quarantine(new FeedQuarantinePage(ui, feeds, this)), m_form(new FeedForm(ui, feeds, this)), m_watches(new WatchPage(ui, feeds, this)),
      m_doors(new DoorsPage(ui, feeds, this)), m_desk(new QPushButton(this)),
      m_sensors(new QPushButton(this)), m_new(new QPushButton(this)), m_close(new QPushButton(this)) {
    setObjectName(QStringLiteral("feedsWindow"));
    m_list->setObjectName(QStringLiteral("feedList"));
    m_tabs->setObjectName(QStringLiteral("feedTabs"));
    m_sensors->setObjectName(QStringLiteral("openSensors"));
    m_desk->setObjectName(QStringLiteral("openDoors"));
    m_new->setObjectName(QStringLiteral("newFeed"));
    m_heading->setFont(ui.theme.font(Theme::Text::title));
    m_hint->setProperty("role", QStringLiteral("dim"));
    m_hint->setWordWrap(true);
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->setStretchLastSection(true);
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_health, QString());
    m_tabs->addTab(m_quarantine, QString());
    m_tabs->addTab(m_form, QString());
    m_tabs->addTab(m_watches, QString());
    m_tabs->addTab(m_doors, QString());
    m_close->setAutoDefault(false);
    m_sensors->setAutoDefault(false);
    m_desk->setAutoDefault(false);
    m_new->setAutoDefault(false);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 0);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 0, 16, 0);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_heading);
    words->addWidget(m_hint);
    head->addLayout(words, 1);
    head->addWidget(m_desk, 0, Qt::AlignTop);
    head->addWidget(m_sensors, 0, Qt::AlignTop);
    head->addWidget(m_new, 0, Qt::AlignTop);
    head->addWidget(m_close, 0, Qt::AlignTop);
    column->addLayout(head);
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(m_list);
    split->addWidget(m_tabs);
    split->setStretchFactor(0, 1);
    split->setStretchFactor(1, 3);
    split->setSizes({170, 470});
    split->setChildrenCollapsible(false);
    column->addWidget(split, 1);
    resize(1080, 680);

    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, &FeedsWindow::refresh);
    connect(m_list, &QTreeWidget::currentItemChanged, this, &FeedsWindow::choose);
    connect(m_list, &QTreeWidget::itemActivated, this, [this] { m_tabs->setCurrentWidget(m_form); });
    connect(m_desk, &QPushButton::clicked, this, [this] { m_tabs->setCurrentWidget(m_doors); });
    connect(m_sensors, &QPushButton::clicked, this, [this] { emit sensorsWanted({}); });
    connect(m_quarantine->findChild<RegisterOffer*>(), &RegisterOffer::wanted, this, &FeedsWindow::sensorsWanted);
    connect(m_new, &QPushButton::clicked, this, &FeedsWindow::newFeed);
    connect(m_close, &QPushButton::clicked, this, &QDialog::close);
    connect(m_form, &FeedForm::saved, this, [this](const QString& name) {
        refresh();
        select(name);
        if (!name.isEmpty())
            m_tabs->setCurrentWidget(m_health);
    });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this] {
        if (m_tabs->currentWidget() == m_quarantine)
            m_quarantine->refresh();
        else if (m_tabs->currentWidget() == m_watches)
            m_watches->refresh();
        else if (m_tabs->currentWidget() == m_doors)
            m_doors->refresh();
    });
    connect(&ui.theme, &Theme::changed, this, &FeedsWindow::refresh);
    retranslate();
}

void FeedsWindow::retranslate() {
    setWindowTitle(tr("Feeds"));
    m_heading->setText(tr("Feeds"));
    m_hint->setText(tr("Everything that the desk hears: sensors, agencies, citizens, units. The gravest stands first."));
    m_list->setHeaderLabels({tr("Feed"), tr("State"), tr("Per second"), tr("Last good"), tr("Quarantine"), tr("Comes by")});
    m_list->setAccessibleName(tr("Feeds"));
    m_tabs->setTabText(0, tr("Health"));
    m_tabs->setTabText(1, tr("Quarantine"));
    m_tabs->setTabText(2, tr("Settings"));
    m_tabs->setTabText(3, tr("Who ought to speak"));
    m_tabs->setTabText(4, tr("This desk"));
    m_desk->setText(tr("This desk"));
    m_desk->setToolTip(tr("Where the desk itself listens, and who may send and see what"));
    m_sensors->setText(tr("Sensors…"));
    m_sensors->setToolTip(tr("The register: whose readings are taken (Shift+F8)"));
    m_new->setText(tr("New feed"));
    m_close->setText(tr("Close"));
    m_quarantine->retranslate();
    m_form->retranslate();
    m_watches->retranslate();
    m_doors->retranslate();
    refresh();
}

void FeedsWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

void FeedsWindow::showEvent(QShowEvent* event) {
    QDialog::showEvent(event);
    refresh();
    if (selected().isEmpty() && !m_form->isDirty())
        select({});
    m_tick.start();
}

void FeedsWindow::hideEvent(QHideEvent* event) {
    QDialog::hideEvent(event);
    m_tick.stop();
}

QString FeedsWindow::selected() const {
    const auto* item = m_list->currentItem();
    return item == nullptr ? QString() : item->data(nameColumn, Qt::UserRole).toString();
}

void FeedsWindow::refresh() {
    m_status = m_feeds.status();
    const auto urgency = [](const auto& s) { // something to be judged before nothing at all, whenever it came
        return std::max(FeedWords::urgency(s), s.inQuarantine > 0 ? 1 : -1);
    };
    std::stable_sort(m_status.begin(), m_status.end(),
                     [&](const auto& a, const auto& b) { return urgency(a) > urgency(b); });
    fill();
    choose();
}

void FeedsWindow::fill() {
    const QSignalBlocker quiet(m_list);
    const QString kept = selected();
    // Rows are reused, so that a choice and the scrolling stay while figures change.
    while (m_list->topLevelItemCount() > static_cast<int>(m_status.size()))
        delete m_list->takeTopLevelItem(m_list->topLevelItemCount() - 1);
    while (m_list->topLevelItemCount() < static_cast<int>(m_status.size()))
        new QTreeWidgetItem(m_list);
    const auto now = m_ui.desk.now();
    for (std::size_t i = 0; i < m_status.size(); ++i) {
        const auto& s = m_status[i];
        auto* item = m_list->topLevelItem(static_cast<int>(i));
        const QString name = QString::fromStdString(s.name);
        item->setData(nameColumn, Qt::UserRole, name);
        item->setText(nameColumn, Words::feed(s.name));
        item->setIcon(nameColumn, QIcon(FeedWords::lamp(s.state, m_ui.theme, devicePixelRatioF())));
        item->setText(stateColumn, FeedWords::state(s.state));
        item->setText(rateColumn, Words::number(s.perSecond, s.perSecond < 10 ? 1 : 0));
        item->setText(goodColumn, s.lastGood ? Words::ago(now - *s.lastGood) : tr("never"));
        item->setText(quarantineColumn, s.inQuarantine > 0 ? Words::number(static_cast<double>(s.inQuarantine), 0) : QString());
        item->setToolTip(quarantineColumn, s.cutInQuarantine > 0
                                               ? tr("Of %1 only the beginning is kept: the room for this feed was full")
                                                     .arg(Words::number(static_cast<double>(s.cutInQuarantine), 0))
                                               : QString());
        const auto transport = ingest::transportFrom(s.transport);
        item->setText(byColumn, transport ? FeedWords::transport(*transport) : tr("built in"));
        item->setToolTip(stateColumn, QString::fromStdString(s.stateReason));
        if (name == kept)
            m_list->setCurrentItem(item);
    }
    if (m_list->columnWidth(nameColumn) < 190) {
        m_list->setColumnWidth(nameColumn, 220);
        m_list->setColumnWidth(stateColumn, 120);
        m_list->setColumnWidth(rateColumn, 100);
        m_list->setColumnWidth(goodColumn, 130);
        m_list->setColumnWidth(quarantineColumn, 100);
    }
}

void FeedsWindow::select(const QString& feed) {
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        auto* item = m_list->topLevelItem(i);
        if (feed.isEmpty() || item->data(nameColumn, Qt::UserRole).toString() == feed) {
            m_list->setCurrentItem(item);
            break;
        }
    }
    choose();
}

void FeedsWindow::choose() {
    const QString name = selected();
    const auto found = std::find_if(m_status.begin(), m_status.end(),
                                    [&](const auto& s) { return QString::fromStdString(s.name) == name; });
    if (found == m_status.end())
        m_health->clear();
    else
        m_health->set(*found);
    m_quarantine->setFeed(name, found == m_status.end() ? 0 : found->inQuarantine);
    if (name.isEmpty() || m_form->editing() == name)
        return;
    if (m_form->isDirty()) { // its buttons would act on another feed than the one that is highlighted
        askUnsaved([this] { choose(); });
        return;
    }
    const auto configs = m_feeds.configs();
    const auto config = std::find_if(configs.begin(), configs.end(),
                                     [&](const auto& f) { return QString::fromStdString(f.name) == name; });
    const bool ours = config != configs.end();
    m_tabs->setTabEnabled(2, ours || m_tabs->currentWidget() == m_form);
    if (ours)
        m_form->edit(*config);
}

void FeedsWindow::askUnsaved(std::function<void()> then) {
    if (const auto* asked = findChild<QMessageBox*>(QStringLiteral("feedUnsaved")); asked != nullptr && asked->isVisible())
        return;
    const QString name = m_form->editing();
    auto* ask = new QMessageBox(QMessageBox::Question, windowTitle(),
                                name.isEmpty() ? tr("The new feed is not saved.") : tr("The changed feed “%1” is not saved.").arg(name),
                                QMessageBox::NoButton, this);
    ask->setObjectName(QStringLiteral("feedUnsaved"));
    ask->setTextFormat(Qt::PlainText);
    ask->setAttribute(Qt::WA_DeleteOnClose);
    auto* drop = ask->addButton(tr("Discard changes"), QMessageBox::DestructiveRole);
    auto* stay = ask->addButton(tr("Go on editing"), QMessageBox::RejectRole);
    ask->setDefaultButton(stay);
    ask->setEscapeButton(stay);
    connect(ask, &QDialog::finished, this, [this, ask, drop, name, then = std::move(then)] {
        if (ask->clickedButton() == drop) {
            m_form->editNew();
            then();
            return;
        }
        {
            const QSignalBlocker quiet(m_list);
            m_list->setCurrentItem(nullptr);
            for (int i = 0; i < m_list->topLevelItemCount() && !name.isEmpty(); ++i)
                if (auto* item = m_list->topLevelItem(i); item->data(nameColumn, Qt::UserRole).toString() == name)
                    m_list->setCurrentItem(item);
        }
        choose();
        m_tabs->setCurrentWidget(m_form);
    });
    ask->open();
}

void FeedsWindow::reject() {
    if (!m_form->isDirty()) {
        QDialog::reject();
        return;
    }
    askUnsaved([this] { QDialog::reject(); });
}

void FeedsWindow::newFeed() {
    if (m_form->isDirty()) {
        askUnsaved([this] { newFeed(); });
        return;
    }
    m_list->setCurrentItem(nullptr);
    m_form->editNew();
    m_tabs->setTabEnabled(2, true);
    m_tabs->setCurrentWidget(m_form);
    m_form->setFocus();
}

} // namespace tocsin::gui
