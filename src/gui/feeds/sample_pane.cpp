#include "gui/feeds/sample_pane.hpp"

#include "gui/feeds/feed_words.hpp"
#include "gui/tools/on_worker.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {

using ingest::Transport;

namespace {

constexpr int soonMs = 300;
constexpr int mostLines = 200;
constexpr int mostSample = 4'000'000; ///< characters: more is a file, and belongs into a folder

/// It has something whenever it is asked; the others are sent something now and then.
bool isAsked(Transport transport) {
    return transport == Transport::poll || transport == Transport::folder;
}

} // namespace

SamplePane::SamplePane(const UiContext& ui, FeedsDesk& feeds, Read read, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_feeds(feeds), m_read(std::move(read)), m_label(new QLabel(this)),
      m_fetch(new QPushButton(this)), m_enough(new QPushButton(this)), m_sample(new QPlainTextEdit(this)),
      m_summary(new QLabel(this)), m_becomes(new QListWidget(this)) {
    m_workers.setMaxThreadCount(1);
    m_label->setProperty("role", QStringLiteral("dim"));
    m_fetch->setObjectName(QStringLiteral("fetchSample"));
    m_enough->setObjectName(QStringLiteral("takeSample"));
    m_sample->setObjectName(QStringLiteral("feedSample"));
    m_sample->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_sample->setTabChangesFocus(true);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPixelSize(12);
    m_sample->setFont(fixed);
    m_summary->setObjectName(QStringLiteral("feedSummary"));
    m_summary->setWordWrap(true);
    m_summary->setTextFormat(Qt::PlainText);
    m_becomes->setObjectName(QStringLiteral("feedBecomes"));
    m_becomes->setFont(fixed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 12, 16, 12);
    column->setSpacing(6);
    auto* head = new QHBoxLayout;
    head->addWidget(m_label, 1);
    head->addWidget(m_enough);
    head->addWidget(m_fetch);
    column->addLayout(head);
    column->addWidget(m_sample, 2);
    column->addWidget(m_summary);
    column->addWidget(m_becomes, 3);
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &SamplePane::previewNow);
    connect(m_sample, &QPlainTextEdit::textChanged, this, [this] { m_soon.start(); });
    connect(m_fetch, &QPushButton::clicked, this, [this] {
        if (m_listening)
            ended(base::fail(base::Code::cancelled, {}));
        else if (isAsked(m_transport))
            fetch();
        else
            listen();
    });
    connect(m_enough, &QPushButton::clicked, this, [this] {
        if (m_listening)
            m_listening->enough();
    });
}

SamplePane::~SamplePane() {
    m_workers.clear();
    m_workers.waitForDone();
}

void SamplePane::setTransport(Transport transport) {
    if (transport != m_transport)
        leave();
    m_transport = transport;
    adapt();
}

void SamplePane::leave() {
    m_listening.reset();
    m_topic.clear();
    adapt();
}

void SamplePane::adapt() {
    m_fetch->setText(m_listening              ? tr("Stop listening")
                     : isAsked(m_transport) ? tr("Fetch")
                                              : tr("Listen for a sample"));
    m_fetch->setEnabled(!m_fetching);
    m_enough->setVisible(m_listening != nullptr);
    m_enough->setEnabled(m_hasSome);
}

void SamplePane::retranslate() {
    m_label->setText(tr("A sample: paste it, fetch it or listen for it"));
    m_sample->setAccessibleName(tr("A sample"));
    m_becomes->setAccessibleName(tr("What it becomes"));
    m_sample->setPlaceholderText(tr("What the feed sends, as it sends it."));
    m_enough->setText(tr("Take what has come"));
    adapt();
    m_soon.start();
}

void SamplePane::fetch() {
    auto feed = m_read();
    if (!feed) {
        emit refused(QString::fromStdString(feed.error().message));
        return;
    }
    m_fetching = true;
    adapt();
    m_summary->setText(tr("Fetching …"));
    m_feeds.sample(*feed, this, [this](base::Result<std::string> bytes) {
        m_fetching = false;
        m_topic.clear();
        adapt();
        if (bytes)
            m_sample->setPlainText(QString::fromStdString(*bytes));
        else
            m_summary->setText(QString::fromStdString(bytes.error().message));
    });
}

void SamplePane::listen() {
    auto feed = m_read();
    if (!feed) {
        emit refused(QString::fromStdString(feed.error().message));
        return;
    }
    m_hasSome = false;
    m_summary->setText(tr("Listening …"));
    m_becomes->clear();
    m_listening = m_feeds.listen(
        *feed, this, [this](const FeedsDesk::SampleProgress& progress) { heard(progress); },
        [this](base::Result<ingest::FeedSample> sample) { ended(std::move(sample)); });
    adapt();
}

void SamplePane::heard(const FeedsDesk::SampleProgress& progress) {
    if (!m_listening)
        return;
    const QString left = QString::number(progress.left.count());
    QString text = progress.bytes == 0
                       ? tr("Listening for another %1 s: nothing has come yet").arg(left)
                       : tr("Listening for another %1 s: %2 bytes have come")
                             .arg(left, Words::number(static_cast<double>(progress.bytes), 0));
    if (!progress.trouble.empty())
        text += QLatin1Char('\n') + QString::fromStdString(progress.trouble);
    m_summary->setText(text);
    m_hasSome = progress.bytes > 0;
    adapt();
}

void SamplePane::ended(base::Result<ingest::FeedSample> sample) {
    const bool asked = m_listening != nullptr;
    m_listening.reset();
    adapt();
    if (!asked)
        return;
    if (sample) {
        m_topic = sample->topic;
        m_sample->setPlainText(QString::fromStdString(sample->bytes));
        m_soon.start();
    } else if (sample.error().code == base::Code::cancelled) {
        m_soon.start();
    } else {
        m_summary->setText(QString::fromStdString(sample.error().message));
    }
}

void SamplePane::previewNow() {
    if (m_listening)
        return;
    const std::string bytes = m_sample->toPlainText().left(mostSample).toStdString();
    if (bytes.empty()) {
        m_becomes->clear();
        m_summary->setText(tr("Here it says what a sample becomes: each message, and each fault with its place."));
        return;
    }
    auto feed = m_read();
    if (!feed) {
        m_summary->setText(QString::fromStdString(feed.error().message));
        return;
    }
    const auto asked = ++m_asked;
    onWorker(
        m_workers, this,
        [bytes, topic = m_topic, feed = *feed, now = m_ui.desk.now()] {
            return FeedWords::preview(bytes, feed, now, mostLines, topic);
        },
        [this, asked](const FeedWords::Preview& preview) {
            if (asked != m_asked || m_listening)
                return;
            m_summary->setText(m_topic.empty() ? preview.summary
                                               : tr("%1 (topic %2)").arg(preview.summary, QString::fromStdString(m_topic)));
            m_becomes->clear();
            const auto& c = m_ui.theme.colours();
            for (const auto& fault : preview.faults) {
                auto* item = new QListWidgetItem(QStringLiteral("✕ ") + fault, m_becomes);
                item->setForeground(c.grade[0]);
            }
            for (const auto& note : preview.notes) {
                auto* item = new QListWidgetItem(QStringLiteral("~ ") + note, m_becomes);
                item->setForeground(c.dim);
            }
            m_becomes->addItems(preview.taken);
        });
}

} // namespace tocsin::gui
