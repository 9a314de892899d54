#include "gui/dispatch/supply_page.hpp"

#include "gui/dispatch/dispatch_words.hpp"
#include "gui/panels/count_words.hpp"
#include "gui/resources/ask_dialog.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr int lineRole = Qt::UserRole;
constexpr int shortColumn = 6;
constexpr int wantedColumn = 9;
constexpr int whyColumn = 6; ///< of the stock
constexpr auto lookEvery = std::chrono::seconds(2);  ///< positions that creep are not asked about at each step
constexpr auto askEvery = std::chrono::seconds(60);  ///< closures begin and end, night falls
constexpr std::size_t mostStores = 16;               ///< whose way to a store that is short is looked at

bool isShort(const SupplyLine& line) {
    return line.open > 1e-9;
}

} // namespace

SupplyPage::SupplyPage(const UiContext& ui, QWidget* parent)
    : DispatchPage(ui, parent), m_short(new QCheckBox(this)), m_summary(new QLabel(this)),
      m_ask(pageButton("supplyAsk", "primary", this)), m_needs(new QTreeWidget(this)), m_words(new QLabel(this)),
      m_stockTitle(new QLabel(this)), m_restock(pageButton("supplyRestock", "", this)), m_stock(new QTreeWidget(this)), m_empty(emptyLabel(ui, "supplyEmpty", this)) {
    m_short->setObjectName(QStringLiteral("supplyShort"));
    m_needs->setObjectName(QStringLiteral("supplyNeeds"));
    m_stock->setObjectName(QStringLiteral("supplyStock"));
    m_words->setObjectName(QStringLiteral("supplyWords"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setContentsMargins(12, 4, 12, 4);
    m_words->setMinimumHeight(44);
    m_summary->setFont(ui.theme.font(Theme::Text::rowBold));
    m_stockTitle->setFont(ui.theme.font(Theme::Text::rowBold));
    for (auto* tree : {m_needs, m_stock}) {
        tree->setUniformRowHeights(true);
        tree->setAllColumnsShowFocus(true);
        tree->setRootIsDecorated(false);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 0);
    column->setSpacing(8);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(12, 0, 12, 0);
    row->addWidget(m_short);
    row->addWidget(m_summary, 1);
    row->addWidget(m_ask);
    column->addLayout(row);
    auto* above = new QWidget(this);
    auto* needs = new QVBoxLayout(above);
    needs->setContentsMargins(0, 0, 0, 0);
    needs->setSpacing(0);
    needs->addWidget(m_empty, 1);
    needs->addWidget(m_needs, 1);
    needs->addWidget(m_words);
    auto* below = new QWidget(this);
    auto* stock = new QVBoxLayout(below);
    stock->setContentsMargins(0, 0, 0, 0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 6, 12, 0);
    head->addWidget(m_stockTitle, 1);
    head->addWidget(m_restock);
    stock->addLayout(head);
    stock->addWidget(m_stock, 1);
    auto* split = new QSplitter(Qt::Vertical, this);
    split->addWidget(above);
    split->addWidget(below);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    column->addWidget(split, 1);
    connect(m_short, &QCheckBox::toggled, this, &SupplyPage::fill);
    connect(m_needs, &QTreeWidget::currentItemChanged, this, &SupplyPage::choose);
    connect(m_needs, &QTreeWidget::itemActivated, this, [this] {
        if (const auto* line = current(); line != nullptr && line->incident)
            m_ui.selection.select(*line->incident);
    });
    connect(m_stock, &QTreeWidget::itemActivated, this, [this](QTreeWidgetItem* item) {
        if (const auto id = model::ResourceId::parse(item->data(0, lineRole).toString().toStdString()))
            m_ui.selection.select(*id);
    });
    connect(m_ask, &QPushButton::clicked, this, &SupplyPage::ask);
    connect(m_stock, &QTreeWidget::currentItemChanged, this, &SupplyPage::chooseStock);
    connect(m_restock, &QPushButton::clicked, this, &SupplyPage::restock);
    m_stock->installEventFilter(this); // a list takes plain letters to look for names: here one is an act
}

bool SupplyPage::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && watched == m_stock) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_S && key->modifiers() == Qt::NoModifier) {
            if (m_restock->isEnabled())
                restock();
            return true;
        }
    }
    return DispatchPage::eventFilter(watched, event);
}

void SupplyPage::takeFocus() {
    m_needs->setFocus();
}

void SupplyPage::retranslate() {
    m_short->setText(tr("Only what is open"));
    m_ask->setText(tr("Ask for mutual aid…"));
    m_needs->setHeaderLabels({tr("Incident"), tr("What"), tr("Needed"), tr("Free in the county"), tr("On the way"),
                              tr("Delivered"), tr("Open"), tr("Short"), tr("Asked for"), tr("Wanted by")});
    for (int c = 2; c < wantedColumn; ++c)
        m_needs->headerItem()->setTextAlignment(c, Qt::AlignRight | Qt::AlignVCenter);
    m_needs->setAccessibleName(tr("Needs against stock"));
    m_stock->setHeaderLabels({tr("Where"), tr("What"), tr("Free"), tr("Minimum"), tr("Expires"), tr("Count"), tr("Why")});
    m_restock->setText(tr("Restock… (S)"));
    m_stock->setAccessibleName(tr("Stock that needs somebody"));
    m_empty->setText(tr("No open incident needs anything. Select an incident (F3) and say what it needs: it is then weighed "
                        "here against what the county has."));
    refresh();
}

void SupplyPage::refresh() {
    askWays();
    m_lines = supplyBoard(m_ui.desk.state(), m_ui.desk.now(), m_times);
    fill();
    fillStock();
}

void SupplyPage::askWays() {
    const auto& state = m_ui.desk.state();
    const auto now = m_ui.desk.now();
    if (m_waiting || (m_lookedAt && now >= *m_lookedAt && now - *m_lookedAt < lookEvery))
        return;
    m_lookedAt = now;
    Asked asked{supplyWays(state, now), state.drawings, state.desk.roadWeather};
    if (m_asked && *m_asked == asked && now - m_askedAt < askEvery)
        return;
    m_asked = asked;
    m_askedAt = now;
    if (asked.ways.sources.empty() || asked.ways.incidents.empty())
        return;
    m_waiting = true;
    m_ui.desk.roadTimes(asked.ways.sources, asked.ways.to, this, [this, ways = asked.ways](const DeskBridge::RoadTimes& times) {
        m_waiting = false;
        m_times.clear();
        for (std::size_t i = 0; i < times.size() && i < ways.incidents.size(); ++i) {
            for (std::size_t s = 0; s < times[i].size() && s < ways.sources.size(); ++s)
                m_times[{ways.incidents[i], ways.sources[s]}] = times[i][s];
        }
        m_lines = supplyBoard(m_ui.desk.state(), m_ui.desk.now(), m_times);
        fill();
    });
}

void SupplyPage::fillStock() {
    const auto now = m_ui.desk.now();
    const auto& resources = m_ui.desk.state().resources;
    // The chosen one stays chosen, wherever it stands now.
    const int chosen = m_stock->currentItem() == nullptr ? -1 : m_stock->indexOfTopLevelItem(m_stock->currentItem());
    std::optional<StockWorry> kept;
    if (chosen >= 0 && chosen < static_cast<int>(m_worries.size()))
        kept = m_worries[static_cast<std::size_t>(chosen)];
    m_worries = stockWorries(m_ui.desk.state(), now);
    const auto& worries = m_worries;
    m_stockTitle->setText(worries.empty() ? tr("Stock: nothing is below its minimum or about to expire")
                                          : tr("Stock below its minimum, expired or about to: %1").arg(worries.size()));
    m_stock->setVisible(!worries.empty());
    const QSignalBlocker quiet(m_stock);
    while (m_stock->topLevelItemCount() > static_cast<int>(worries.size()))
        delete m_stock->takeTopLevelItem(m_stock->topLevelItemCount() - 1);
    while (m_stock->topLevelItemCount() < static_cast<int>(worries.size()))
        new QTreeWidgetItem(m_stock);
    for (std::size_t i = 0; i < worries.size(); ++i) {
        const auto& w = worries[i];
        auto* item = m_stock->topLevelItem(static_cast<int>(i));
        item->setData(0, lineRole, QString::fromStdString(w.resource.toString()));
        item->setText(0, DispatchWords::resource(m_ui.desk.state(), w.resource, m_ui.language));
        item->setText(1, Words::local(w.stock.name, m_ui.language));
        const double free = w.fault == StockFault::belowMinimum ? w.stock.quantity : w.stock.quantity - w.stock.reserved;
        item->setText(2, DispatchWords::amount(free, w.stock.unit));
        item->setText(3, w.stock.minimum > 0 ? DispatchWords::amount(w.stock.minimum, w.stock.unit) : QString());
        item->setText(4, w.stock.expiry ? Words::dateTime(*w.stock.expiry).toString(QStringLiteral("yyyy-MM-dd")) : QString());
        const QString why = w.fault == StockFault::expired    ? tr("expired")
                            : w.fault == StockFault::expiring ? tr("expires soon")
                                                              : tr("below its minimum");
        const auto found = resources.find(w.resource);
        item->setText(5, found == resources.end() ? QString() : CountWords::old(m_ui, found->second));
        item->setText(whyColumn, why);
        item->setIcon(whyColumn, QIcon(Symbols::severity(w.fault == StockFault::expired ? model::Grade::II
                                                 : w.fault == StockFault::belowMinimum ? model::Grade::III
                                                                                       : model::Grade::IV,
                                                 16, m_ui.theme, devicePixelRatioF())));
    }
    if (m_stock->columnWidth(0) < 200) {
        m_stock->setColumnWidth(0, 280);
        m_stock->setColumnWidth(1, 220);
        m_stock->setColumnWidth(5, 190);
    }
    if (kept) {
        const auto same = std::find_if(m_worries.begin(), m_worries.end(), [&](const auto& w) {
            return w.resource == kept->resource && w.fault == kept->fault && w.stock.code == kept->stock.code &&
                   w.stock.unit == kept->stock.unit && w.stock.batch == kept->stock.batch;
        });
        m_stock->setCurrentItem(same == m_worries.end() ? nullptr
                                                        : m_stock->topLevelItem(static_cast<int>(same - m_worries.begin())));
    }
    m_restock->setVisible(!worries.empty());
    chooseStock();
}

void SupplyPage::chooseStock() {
    auto* item = m_stock->currentItem();
    const int at = item == nullptr ? -1 : m_stock->indexOfTopLevelItem(item);
    const bool low = at >= 0 && at < static_cast<int>(m_worries.size()) &&
                     m_worries[static_cast<std::size_t>(at)].fault == StockFault::belowMinimum;
    m_restock->setEnabled(low && !m_ui.desk.readOnly());
    m_restock->setToolTip(low ? tr("A transfer from the nearest store that has it") : tr("Choose a line that is below its minimum"));
}

void SupplyPage::restock() {
    if (m_restocking) // the roads have not answered yet
        return;
    auto* item = m_stock->currentItem();
    const int at = item == nullptr ? -1 : m_stock->indexOfTopLevelItem(item);
    if (at < 0 || at >= static_cast<int>(m_worries.size()))
        return;
    const auto worry = m_worries[static_cast<std::size_t>(at)];
    const auto& resources = m_ui.desk.state().resources;
    auto from = restocksFor(m_ui.desk.state(), worry, m_ui.desk.now());
    const auto whither = resources.find(worry.resource);
    if (from.empty() || whither == resources.end()) {
        emit said(tr("No other store has %1: take it in with a document, or ask for mutual aid")
                      .arg(Words::local(worry.stock.name, m_ui.language)),
                  true);
        return;
    }
    if (from.size() > mostStores)
        from.resize(mostStores);
    std::vector<model::ResourceId> sources;
    for (const auto& one : from)
        sources.push_back(one.from);
    m_restocking = true;
    m_ui.desk.roadTimes(std::move(sources), {whither->second.position}, this,
                        [this, from = std::move(from)](const DeskBridge::RoadTimes& times) {
                            m_restocking = false;
                            openRestock(from, times);
                        });
}

/// The first by road of those that can spare it; by distance, as they came, where the roads say nothing.
void SupplyPage::openRestock(std::vector<Restock> from, const DeskBridge::RoadTimes& times) {
    std::size_t best = 0;
    if (!times.empty() && times.front().size() == from.size()) {
        for (std::size_t i = 1; i < from.size() && from[i].spares == from.front().spares; ++i) {
            if (times.front()[i].value < times.front()[best].value)
                best = i;
        }
    }
    const auto& chosen = from[best];
    ResourceDialogs::stock(m_ui, chosen.from, this, {chosen.to, chosen.batch, chosen.quantity, tr("restock")});
}

void SupplyPage::fill() {
    std::vector<std::size_t> shown;
    int open = 0;
    int missing = 0;
    // The sums first: they are what the county must find.
    for (const bool sums : {true, false}) {
        for (std::size_t i = 0; i < m_lines.size(); ++i) {
            if (m_lines[i].incident.has_value() == sums)
                continue;
            if (!m_short->isChecked() || isShort(m_lines[i]))
                shown.push_back(i);
            open += !sums && isShort(m_lines[i]) ? 1 : 0;
            missing += sums && m_lines[i].missing > 1e-9 ? 1 : 0;
        }
    }
    m_empty->setVisible(m_lines.empty());
    m_needs->setVisible(!m_lines.empty());
    m_words->setVisible(!m_lines.empty());
    m_summary->setText(m_lines.empty() ? QString()
                       : missing > 0   ? tr("%1 things are short in the county, %2 needs are open").arg(missing).arg(open)
                       : open > 0      ? tr("%1 needs are open, the county has enough").arg(open)
                                       : tr("Every need is met or on its way"));
    const QSignalBlocker quiet(m_needs);
    const int kept = m_needs->currentItem() == nullptr ? -1 : m_needs->indexOfTopLevelItem(m_needs->currentItem());
    while (m_needs->topLevelItemCount() > static_cast<int>(shown.size()))
        delete m_needs->takeTopLevelItem(m_needs->topLevelItemCount() - 1);
    while (m_needs->topLevelItemCount() < static_cast<int>(shown.size()))
        new QTreeWidgetItem(m_needs);
    const auto& state = m_ui.desk.state();
    for (std::size_t i = 0; i < shown.size(); ++i) {
        const auto& line = m_lines[shown[i]];
        auto* item = m_needs->topLevelItem(static_cast<int>(i));
        item->setData(0, lineRole, static_cast<int>(shown[i]));
        item->setText(0, line.incident ? DispatchWords::incident(state, *line.incident, m_ui.language)
                                       : tr("All open incidents"));
        item->setText(1, DispatchWords::thing(line, m_ui.language));
        const double figures[] = {line.needed, line.inStock, line.onTheWay, line.delivered, line.open, line.missing, line.askedFor};
        for (int c = 0; c < 7; ++c) {
            const double figure = figures[c];
            item->setText(2 + c, c >= 4 && figure <= 1e-9 ? QString() : DispatchWords::amount(figure, line.unit));
            item->setTextAlignment(2 + c, Qt::AlignRight | Qt::AlignVCenter);
        }
        item->setText(wantedColumn, line.wantedBy ? Words::moment(*line.wantedBy, m_ui.desk.now(), m_ui.language) : QString());
        const auto mark = line.missing > 1e-9 ? model::Grade::II : model::Grade::III;
        item->setIcon(shortColumn, isShort(line) ? QIcon(Symbols::severity(mark, 16, m_ui.theme, devicePixelRatioF())) : QIcon());
        for (int c = 0; c <= wantedColumn; ++c)
            item->setFont(c, m_ui.theme.font(line.incident ? Theme::Text::body : Theme::Text::bodyBold));
    }
    if (!shown.empty())
        m_needs->setCurrentItem(m_needs->topLevelItem(std::clamp(kept, 0, static_cast<int>(shown.size()) - 1)));
    if (m_needs->columnWidth(0) < 200) {
        constexpr int widths[] = {270, 180, 95, 130, 100, 95, 95, 95, 95};
        for (int c = 0; c < wantedColumn; ++c)
            m_needs->setColumnWidth(c, widths[c]);
    }
    choose();
}

const SupplyLine* SupplyPage::current() const {
    const auto* item = m_needs->currentItem();
    const int at = item == nullptr ? -1 : item->data(0, lineRole).toInt();
    return at >= 0 && at < static_cast<int>(m_lines.size()) ? &m_lines[static_cast<std::size_t>(at)] : nullptr;
}

void SupplyPage::choose() {
    const auto* line = current();
    QString words;
    if (line != nullptr) {
        words = DispatchWords::shortfall(*line, m_ui.desk.state(), m_ui.language, m_ui.desk.now());
        words = DispatchWords::thing(*line, m_ui.language) + QStringLiteral(": ") +
                (words.isEmpty() ? tr("met, or on its way") : words);
    }
    m_words->setText(words);
    // Aid is asked for one incident: the sums name none.
    const bool asked = line != nullptr && isShort(*line) && line->toAsk() <= 1e-9;
    m_ask->setEnabled(line != nullptr && line->incident && isShort(*line) && !asked && !m_ui.desk.readOnly());
    m_ask->setToolTip(line != nullptr && !line->incident ? tr("Choose an incident's own line: a request names its incident")
                      : asked ? tr("All of it is asked for already: see Mutual aid (Alt+5)")
                              : QString());
}

void SupplyPage::ask() {
    if (const auto* line = current(); line != nullptr && line->incident)
        emit aidWanted(draftAid(m_ui.desk.state(), *line));
}

} // namespace tocsin::gui
