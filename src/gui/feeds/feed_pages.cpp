#include "gui/feeds/feed_pages.hpp"

#include "gui/feeds/alike_bar.hpp"
#include "gui/feeds/feed_words.hpp"
#include "gui/feeds/register_offer.hpp"
#include "tocsin/desk/other_values.hpp"
#include "tocsin/desk/who_told.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QTextCursor>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

namespace tocsin::gui {

namespace {

constexpr std::size_t itemsAtOnce = 200;
constexpr int mostShownBytes = 64 * 1024;

QString count(std::uint64_t number) {
    return Words::number(static_cast<double>(number), 0);
}

/// Text as it is, or a hex dump of what is none; `at` is where a byte of the original stands in it.
QString shown(const std::string& bytes, std::uint64_t byte, int& at) {
    const auto most = std::min<std::size_t>(bytes.size(), mostShownBytes);
    const std::string_view part(bytes.data(), most);
    at = -1;
    if (base::isUtf8(part) && part.find('\0') == std::string_view::npos) {
        at = static_cast<int>(QString::fromUtf8(part.data(), static_cast<qsizetype>(std::min<std::uint64_t>(byte, most))).size());
        return QString::fromUtf8(part.data(), static_cast<qsizetype>(most));
    }
    QString out;
    for (std::size_t line = 0; line < most; line += 16) {
        QString hex;
        QString letters;
        for (std::size_t i = line; i < std::min(line + 16, most); ++i) {
            if (i == byte)
                at = static_cast<int>(out.size() + 10 + hex.size());
            const auto value = static_cast<unsigned char>(bytes[i]);
            hex += QStringLiteral("%1 ").arg(value, 2, 16, QLatin1Char('0'));
            letters += value >= 0x20 && value < 0x7f ? QChar(value) : QChar(u'·');
        }
        out += QStringLiteral("%1  %2 %3\n").arg(line, 8, 16, QLatin1Char('0')).arg(hex, -48).arg(letters);
    }
    return out;
}

} // namespace

// ---- health

FeedHealthPage::FeedHealthPage(const UiContext& ui, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_sentence(textLabel(ui.theme, this)), m_facts(new FactGrid(ui.theme, this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(m_sentence);
    column->addWidget(m_facts);
    column->addStretch(1);
}

void FeedHealthPage::clear() {
    m_sentence->setText(tr("Choose a feed above, or set up a new one."));
    m_facts->set({});
}

void FeedHealthPage::set(const ingest::FeedStatus& s) {
    const auto now = m_ui.desk.now();
    const auto ago = [now](const std::optional<base::Time>& time) {
        return time ? Words::ago(now - *time) : tr("never");
    };
    QString sentence = FeedWords::state(s.state);
    if (s.stateSince && s.state != ingest::FeedState::up && now - *s.stateSince >= std::chrono::minutes(1))
        sentence = tr("%1 for %2").arg(sentence, Words::span(now - *s.stateSince));
    if (!s.stateReason.empty())
        sentence += QStringLiteral(": ") + Words::sentence(s.stateReason);
    m_sentence->setText(sentence);
    QVector<FactGrid::Fact> facts{
        {tr("Taken"), count(s.taken), false},
        {tr("Per second, of late"), Words::number(s.perSecond, s.perSecond < 10 ? 1 : 0), false},
        {tr("Last good"), ago(s.lastGood), false},
        {tr("Last heard"), ago(s.lastHeard), false},
        {tr("Known already"), count(s.duplicates), false},
        {tr("To quarantine"), count(s.quarantined), false},
        {tr("In quarantine, not judged"),
         s.cutInQuarantine == 0 ? count(s.inQuarantine)
                                : tr("%1; of %2 only the beginning is kept, for the room here was full")
                                      .arg(count(s.inQuarantine), count(s.cutInQuarantine)),
         false},
        {tr("Under way"), count(s.backlog), false},
        {tr("Desk was full"), tr("%1 times").arg(count(s.busy)), false},
        {tr("Connections"), count(s.connections), false},
        {tr("Turned away"), count(s.turnedAway), false},
        {tr("Received"), tr("%1 kB").arg(count(s.bytes / 1000)), false},
        {tr("Last fault"), s.lastFault ? ago(s.lastFault) : QString(), false},
        {tr("Reason of the last fault"), Words::sentence(s.lastFaultReason), true},
        {tr("Address"), QString::fromStdString(s.address), true},
    };
    m_facts->set(facts);
}

// ---- quarantine

FeedQuarantinePage::FeedQuarantinePage(const UiContext& ui, FeedsDesk& feeds, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_feeds(feeds), m_list(new QTreeWidget(this)), m_more(new QPushButton(this)), m_reason(textLabel(ui.theme, this)),
      m_bytes(new QPlainTextEdit(this)), m_show(new QPushButton(this)), m_use(new QPushButton(this)), m_again(new QPushButton(this)), m_dismiss(new QPushButton(this)),
      m_answer(textLabel(ui.theme, this, true)), m_register(new RegisterOffer(ui, this)), m_alike(new AlikeBar(ui, feeds, this)), m_most(itemsAtOnce) {
    m_more->setObjectName(QStringLiteral("quarantineMore"));
    m_more->setAutoDefault(false);
    m_more->hide();
    m_list->setObjectName(QStringLiteral("quarantineList"));
    m_bytes->setObjectName(QStringLiteral("quarantineBytes"));
    m_show->setObjectName(QStringLiteral("showQuarantined"));
    m_show->setAutoDefault(false);
    m_show->hide();
    m_use->setObjectName(QStringLiteral("useValues"));
    m_use->setAutoDefault(false);
    m_use->hide();
    m_again->setObjectName(QStringLiteral("takeAgain"));
    m_dismiss->setObjectName(QStringLiteral("dismiss"));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setColumnCount(3);
    m_list->header()->setStretchLastSection(true);
    m_bytes->setReadOnly(true);
    m_bytes->setTabChangesFocus(true);
    m_bytes->setLineWrapMode(QPlainTextEdit::NoWrap);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_bytes->setFont(fixed);
    m_again->setProperty("kind", QStringLiteral("primary"));
    auto* below = new QWidget(this);
    auto* column = new QVBoxLayout(below);
    column->setContentsMargins(16, 8, 16, 12);
    column->setSpacing(8);
    column->addWidget(m_reason);
    column->addWidget(m_bytes, 1);
    auto* buttons = new QHBoxLayout;
    buttons->addWidget(m_answer, 1);
    buttons->addWidget(m_show);
    buttons->addWidget(m_register);
    buttons->addWidget(m_use);
    buttons->addWidget(m_dismiss);
    buttons->addWidget(m_again);
    column->addLayout(buttons);
    column->addWidget(m_alike);
    auto* left = new QWidget(this);
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->addWidget(m_list, 1);
    leftColumn->addWidget(m_more);
    auto* split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(left);
    split->addWidget(below);
    split->setStretchFactor(0, 2);
    split->setStretchFactor(1, 3);
    auto* all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(split);
    connect(m_list, &QTreeWidget::currentItemChanged, this, [this] {
        m_answer->clear();
        m_alike->clear();
        m_revealed = 0;
        show(m_list->currentItem() ? m_list->indexOfTopLevelItem(m_list->currentItem()) : -1);
    });
    connect(m_show, &QPushButton::clicked, this, &FeedQuarantinePage::reveal);
    connect(m_use, &QPushButton::clicked, this, &FeedQuarantinePage::useValues);
    connect(m_again, &QPushButton::clicked, this, &FeedQuarantinePage::takeAgain);
    connect(m_dismiss, &QPushButton::clicked, this, &FeedQuarantinePage::dismiss);
    connect(m_more, &QPushButton::clicked, this, [this] {
        m_most += itemsAtOnce;
        refresh();
    });
    connect(m_alike, &AlikeBar::changed, this, &FeedQuarantinePage::refresh);
    connect(&ui.desk, &DeskBridge::changed, this, [this](const Changes& changes) {
        if (!(changes.all || changes.desk) || m_revealed == 0 || m_revealedTo == m_ui.desk.actor())
            return;
        m_revealed = 0; // whoever sits here by now asks anew, or may not
        show(m_list->currentItem() ? m_list->indexOfTopLevelItem(m_list->currentItem()) : -1);
    });
    retranslate();
    show(-1);
}

void FeedQuarantinePage::retranslate() {
    m_list->setHeaderLabels({tr("When"), tr("Format"), tr("Why it could not be taken")});
    m_list->setAccessibleName(tr("In quarantine"));
    m_bytes->setAccessibleName(tr("Raw bytes"));
    m_show->setText(tr("Show the bytes"));
    m_use->setText(tr("Use this value"));
    m_use->setToolTip(tr("It takes the place of the stored one, which stays findable; rules judge it only where it is the sensor's newest."));
    m_use->setAccessibleDescription(m_use->toolTip());
    m_again->setText(tr("Take it again"));
    m_dismiss->setText(tr("Dismiss it"));
    m_alike->retranslate();
    if (m_more->isVisible())
        refresh(); // its words have a number in them
}

void FeedQuarantinePage::setFeed(const QString& feed, std::uint64_t open) {
    if (m_feed == feed && m_open == open)
        return;
    m_open = open;
    if (m_feed != feed) {
        m_feed = feed;
        m_answer->clear();
        m_alike->clear();
        m_most = itemsAtOnce;
        fill({});
    }
    if (isVisible()) // else it asks when it is looked at
        refresh();
}

void FeedQuarantinePage::refresh() {
    if (m_asking) {
        m_askAgain = true;
        return;
    }
    m_asking = true;
    m_askAgain = false;
    m_ui.desk.quarantined({m_feed.toStdString(), store::QuarantineState::open, m_most}, this,
                          [this, feed = m_feed](base::Result<store::QuarantinePage> page) {
                              m_asking = false;
                              if (!page)
                                  m_reason->setText(Words::sentence(page.error().message));
                              else if (feed == m_feed)
                                  fill(std::move(*page));
                              if (m_askAgain)
                                  refresh();
                          });
}

void FeedQuarantinePage::fill(store::QuarantinePage page) {
    auto& items = page.items;
    const auto more = page.all - static_cast<std::int64_t>(items.size());
    m_more->setVisible(more > 0);
    m_more->setText(tr("%1 older ones: show more").arg(more));
    const auto same = [](const auto& a, const auto& b) { return a.id == b.id && a.seen == b.seen; };
    if (items.size() == m_items.size() && std::equal(items.begin(), items.end(), m_items.begin(), same) &&
        m_list->topLevelItemCount() == static_cast<int>(items.size())) {
        show(m_list->currentItem() ? m_list->indexOfTopLevelItem(m_list->currentItem()) : -1);
        return;
    }
    const auto* before = current();
    const std::int64_t kept = before != nullptr ? before->id : 0;
    const auto answer = m_answer->text();
    m_items = std::move(items);
    const QSignalBlocker quiet(m_list);
    m_list->clear();
    int row = m_items.empty() ? -1 : 0;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const auto& item = m_items[i];
        auto* line = new QTreeWidgetItem(m_list, {Words::moment(item.time, m_ui.desk.now(), m_ui.language),
                                                  QString::fromStdString(item.format),
                                                  item.seen > 1 ? tr("%1× %2").arg(item.seen).arg(Words::sentence(item.error.message))
                                                                : Words::sentence(item.error.message)});
        line->setToolTip(2, Words::error(item.error));
        if (item.id == kept)
            row = static_cast<int>(i);
    }
    m_list->resizeColumnToContents(0);
    m_list->resizeColumnToContents(1);
    if (row >= 0)
        m_list->setCurrentItem(m_list->topLevelItem(row));
    m_answer->setText(answer);
    show(row);
}

const store::QuarantineItem* FeedQuarantinePage::current() const {
    const auto* item = m_list->currentItem();
    const int row = item != nullptr ? m_list->indexOfTopLevelItem(m_list->currentItem()) : -1;
    return row < 0 || static_cast<std::size_t>(row) >= m_items.size() ? nullptr : &m_items[static_cast<std::size_t>(row)];
}

void FeedQuarantinePage::show(int row) {
    const bool any = row >= 0 && static_cast<std::size_t>(row) < m_items.size();
    const auto* item = any ? &m_items[static_cast<std::size_t>(row)] : nullptr;
    if (!any || m_bytesOf != item->id)
        m_register->set(nullptr);
    const bool hidden = any && m_revealed != item->id && desk::mayNameWhoTold(*item);
    m_show->setVisible(hidden);
    m_show->setEnabled(hidden && !m_ui.desk.readOnly());
    const bool other = any && desk::holdsOtherValues(*item);
    m_use->setVisible(other);
    m_use->setEnabled(other && item->isWhole() && !m_ui.desk.readOnly());
    m_again->setEnabled(any && item->isWhole() && !m_ui.desk.readOnly());
    m_dismiss->setEnabled(any && !m_ui.desk.readOnly());
    m_alike->setItem(any ? std::optional(item->id) : std::nullopt);
    if (!any) {
        m_reason->setText(tr("Nothing waits here. What a feed sends and nobody can read is kept in this place, whole, "
                             "with the reason."));
        m_bytes->clear();
        m_bytesOf = 0;
        return;
    }
    QString reason = Words::error(item->error);
    if (!item->isWhole())
        reason += QLatin1Char('\n') +
                  tr("Only the first %1 of %2 bytes are kept, for the room of this feed here was full. SHA-256 of all: %3")
                      .arg(count(item->kept), count(item->size), QString::fromStdString(item->sha256));
    if (item->lastSeen)
        reason += QLatin1Char('\n') + tr("The same came %1 times, last %2.")
                                          .arg(count(static_cast<std::uint64_t>(item->seen)),
                                               Words::moment(*item->lastSeen, m_ui.desk.now(), m_ui.language));
    if (hidden)
        reason += QLatin1Char('\n') + tr("Its bytes may say who reported: they are shown on asking, and that is written into the duty log.");
    m_reason->setText(reason);
    if (hidden) {
        m_register->set(nullptr);
        m_shownBytes.clear();
        m_bytes->clear();
        m_bytesOf = 0;
    } else if (m_bytesOf != item->id)
        askBytes(item->id);
    else if (m_bytesHere)
        showBytes(*item);
}

/// Only those that are shown leave the disk, and only for the item that is looked at.
void FeedQuarantinePage::askBytes(std::int64_t item) {
    m_bytesOf = item;
    m_bytesHere = false;
    m_shownBytes.clear();
    m_bytes->clear();
    m_ui.desk.quarantineItem(item, mostShownBytes, this, [this, item](base::Result<store::QuarantineItem> kept) {
        if (m_bytesOf != item)
            return;
        if (!kept) {
            m_bytesOf = 0;
            m_reason->setText(Words::sentence(kept.error().message));
            return;
        }
        m_shownBytes = std::move(kept->bytes);
        m_bytesHere = true;
        if (const auto* now = current(); now != nullptr && now->id == item)
            showBytes(*now);
    });
}

void FeedQuarantinePage::reveal() {
    const auto* item = current();
    if (item == nullptr)
        return;
    m_show->setEnabled(false);
    m_revealedTo = m_ui.desk.actor();
    m_ui.desk.send(desk::ShowQuarantined{item->id}, this, [this, asked = item->id](const base::Result<desk::Done>& done) {
        const auto* now = current();
        if (now == nullptr || now->id != asked)
            return; // another one is looked at by now
        m_answer->setText(done ? QString() : Words::refusal(done.error()));
        if (done)
            m_revealed = asked;
        show(m_list->indexOfTopLevelItem(m_list->currentItem()));
        (done ? static_cast<QWidget*>(m_bytes) : m_show)->setFocus();
    });
}

void FeedQuarantinePage::showBytes(const store::QuarantineItem& item) {
    int at = -1;
    const auto text = shown(m_shownBytes, item.error.place.byte.value_or(0), at);
    auto whole = item;
    whole.bytes = m_shownBytes;
    m_register->set(&whole);
    m_bytes->setLineWrapMode(text.startsWith(QLatin1String("00000000  ")) ? QPlainTextEdit::NoWrap
                                                                          : QPlainTextEdit::WidgetWidth);
    if (m_bytes->toPlainText() != text)
        m_bytes->setPlainText(text);
    if (at >= 0 && item.error.place.byte) {
        QTextCursor cursor(m_bytes->document());
        cursor.setPosition(std::min(at, static_cast<int>(text.size())));
        cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        m_bytes->setTextCursor(cursor);
        m_bytes->ensureCursorVisible();
    }
}

void FeedQuarantinePage::takeAgain() {
    const auto* item = current();
    if (item == nullptr)
        return;
    m_again->setEnabled(false);
    m_answer->setText(tr("Taking it again …"));
    m_feeds.takeAgain(item->id, this, [this](base::Result<ingest::Delivered> done) {
        if (!done)
            m_answer->setText(tr("Still not: %1").arg(Words::error(done.error())));
        else if (done->quarantined > 0)
            m_answer->setText(tr("%1 taken, %2 again in quarantine: %3")
                                  .arg(done->stored + done->duplicates)
                                  .arg(done->quarantined)
                                  .arg(Words::sentence(done->reason)));
        else
            m_answer->setText(tr("Taken: %1 new, %2 known already").arg(done->stored).arg(done->duplicates));
        m_again->setEnabled(true);
        refresh();
    });
}

void FeedQuarantinePage::useValues() {
    const auto* item = current();
    if (item == nullptr)
        return;
    m_use->setEnabled(false); // once is enough
    m_ui.desk.send(desk::UseValues{item->id}, this, [this](const base::Result<desk::Done>& done) {
        m_answer->setText(done ? tr("It is the value from now on; the one before stays in the duty log and in what is exported")
                               : Words::refusal(done.error()));
        if (done)
            m_list->setFocus(); // the item goes, and its button with it
        else
            show(m_list->indexOfTopLevelItem(m_list->currentItem()));
        refresh();
    });
}

void FeedQuarantinePage::dismiss() {
    const auto* item = current();
    if (item == nullptr)
        return;
    m_ui.desk.send(desk::JudgeQuarantine{item->id, store::QuarantineState::dismissed}, this,
                   [this](const base::Result<desk::Done>& done) {
                       m_answer->setText(done ? tr("Dismissed; its bytes stay for another month, its reason in the duty log")
                                              : Words::refusal(done.error()));
                       refresh();
                   });
}

} // namespace tocsin::gui
