#include "gui/feeds/sample_pane.hpp"

#include "gui/feeds/bytes_text.hpp"
#include "gui/tools/on_worker.hpp"
#include "tocsin/gui/panels/words.hpp"

#include <QFile>
#include <QFileDialog>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace tocsin::gui {

using ingest::Transport;

namespace {

constexpr int soonMs = 300;
constexpr int mostLines = 200;
constexpr int mostSample = 4'000'000; ///< characters: more is a file, to be opened
constexpr std::size_t mostShown = 256U << 10U;
constexpr std::size_t mostOpened = 64U << 20U;

/// It has something whenever it is asked; the others are sent something now and then.
bool isAsked(Transport transport) {
    return transport == Transport::poll || transport == Transport::folder;
}

base::Result<std::string> contentOf(const QString& path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return base::fail(base::Code::notFound, file.errorString().toStdString());
    const auto bytes = file.read(static_cast<qint64>(mostOpened) + 1);
    if (file.error() != QFileDevice::NoError)
        return base::fail(base::Code::storage, file.errorString().toStdString());
    if (static_cast<std::size_t>(bytes.size()) > mostOpened)
        return base::fail(base::Code::tooLarge, SamplePane::tr("it has more than %1 MiB").arg(mostOpened >> 20U).toStdString());
    return bytes.toStdString();
}

} // namespace

/// What a sample becomes, and the first message that it leads to.
struct SamplePane::Shown {
    FeedWords::Preview sample;
    std::optional<FeedWords::Preview> linked;
};

SamplePane::SamplePane(const UiContext& ui, FeedsDesk& feeds, Read read, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_feeds(feeds), m_read(std::move(read)), m_label(new QLabel(this)),
      m_topicLabel(new QLabel(this)), m_topic(new QLineEdit(this)), m_clear(new QPushButton(this)),
      m_open(new QPushButton(this)), m_fetch(new QPushButton(this)), m_enough(new QPushButton(this)), m_sample(new QPlainTextEdit(this)),
      m_summary(new QLabel(this)), m_becomes(new QListWidget(this)) {
    m_workers.setMaxThreadCount(1);
    m_label->setProperty("role", QStringLiteral("dim"));
    m_label->setWordWrap(true);
    m_topic->setObjectName(QStringLiteral("sampleTopic"));
    m_topicLabel->setBuddy(m_topic);
    m_clear->setObjectName(QStringLiteral("clearSample"));
    m_open->setObjectName(QStringLiteral("openSample"));
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
    column->addWidget(m_label);
    auto* topic = new QHBoxLayout;
    topic->addWidget(m_topicLabel);
    topic->addWidget(m_topic, 1);
    column->addLayout(topic);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch(1);
    for (auto* button : {m_clear, m_enough, m_open, m_fetch}) {
        button->setAutoDefault(false); // Enter in the topic is no choice of one of them
        buttons->addWidget(button);
    }
    column->addLayout(buttons);
    column->addWidget(m_sample, 2);
    column->addWidget(m_summary);
    column->addWidget(m_becomes, 3);
    m_soon.setSingleShot(true);
    m_soon.setInterval(soonMs);
    connect(&m_soon, &QTimer::timeout, this, &SamplePane::previewNow);
    connect(m_sample, &QPlainTextEdit::textChanged, this, [this] {
        if (!m_filling)
            forget();
        m_soon.start();
    });
    connect(m_topic, &QLineEdit::textEdited, this, [this] { m_soon.start(); });
    connect(m_clear, &QPushButton::clicked, this, [this] {
        forget();
        m_sample->clear();
        m_sample->setFocus();
    });
    connect(m_open, &QPushButton::clicked, this, &SamplePane::pick);
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
    m_topic->clear();
    m_fetchedFrom.clear(); // its links are not this feed's
    m_linked.reset();
    ++m_brought;
    m_fetching = false;
    adapt();
}

void SamplePane::adapt() {
    m_fetch->setText(m_listening              ? tr("Stop listening")
                     : isAsked(m_transport) ? tr("Fetch")
                                              : tr("Listen for a sample"));
    m_fetch->setEnabled(!m_fetching);
    m_enough->setVisible(m_listening != nullptr);
    m_enough->setEnabled(m_hasSome);
    m_clear->setVisible(m_sample->isReadOnly());
    m_topicLabel->setVisible(m_transport == Transport::mqtt);
    m_topic->setVisible(m_transport == Transport::mqtt);
}

void SamplePane::retranslate() {
    m_label->setText(tr("A sample: paste it, open a file, fetch it or listen for it"));
    m_topicLabel->setText(tr("Topic"));
    m_topic->setPlaceholderText(tr("the topic that it came by"));
    m_clear->setText(tr("Clear"));
    m_open->setText(tr("Open a file …"));
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
        emit refused(Words::sentence(feed.error().message));
        return;
    }
    m_fetching = true;
    adapt();
    m_summary->setText(tr("Fetching …"));
    m_feeds.sample(*feed, this, [this, from = feed->address, brought = ++m_brought](base::Result<std::string> bytes) {
        if (brought != m_brought)
            return;
        m_fetching = false;
        adapt();
        if (!bytes) {
            m_summary->setText(Words::sentence(bytes.error().message));
            return;
        }
        m_topic->clear();
        set(std::move(*bytes));
        m_fetchedFrom = from;
    });
}

void SamplePane::pick() {
    auto* dialog = new QFileDialog(this, tr("Open a sample"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &SamplePane::openFile);
    dialog->open();
}

void SamplePane::openFile(const QString& path) {
    m_listening.reset();
    m_fetching = false;
    adapt();
    m_summary->setText(tr("Reading …"));
    onWorker(
        m_workers, this, [path] { return contentOf(path); },
        [this, path, brought = ++m_brought](base::Result<std::string> bytes) {
            if (brought != m_brought)
                return;
            if (bytes)
                set(std::move(*bytes));
            else
                m_summary->setText(tr("%1 cannot be read: %2").arg(path, Words::sentence(bytes.error().message)));
        });
}

/// Shows what came and keeps it as it came. What the text does not say whole cannot be edited.
void SamplePane::set(std::string bytes) {
    forget();
    m_bytes = std::make_shared<const std::string>(std::move(bytes));
    const auto shown = bytesText(*m_bytes, mostShown);
    m_filling = true;
    m_sample->setReadOnly(!shown.whole);
    m_sample->setPlainText(shown.text);
    m_filling = false;
    adapt();
    m_soon.start();
}

void SamplePane::forget() {
    m_bytes.reset();
    m_fetchedFrom.clear();
    m_linked.reset();
    m_sample->setReadOnly(false);
    adapt();
}

void SamplePane::listen() {
    auto feed = m_read();
    if (!feed) {
        emit refused(Words::sentence(feed.error().message));
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
        m_topic->setText(QString::fromStdString(sample->topic));
        set(std::move(sample->bytes));
    } else if (sample.error().code == base::Code::cancelled) {
        m_soon.start();
    } else {
        m_summary->setText(Words::sentence(sample.error().message));
    }
}

void SamplePane::previewNow() {
    if (m_listening || m_fetching)
        return;
    const Bytes bytes = m_bytes ? m_bytes
                                : std::make_shared<const std::string>(m_sample->toPlainText().left(mostSample).toStdString());
    if (bytes->empty()) {
        m_becomes->clear();
        m_summary->setText(tr("Here it says what a sample becomes: each message, and each fault with its place."));
        return;
    }
    auto read = m_read();
    if (!read) {
        m_summary->setText(Words::sentence(read.error().message));
        return;
    }
    const auto topic = m_transport == Transport::mqtt ? m_topic->text().trimmed().toStdString() : std::string();
    const auto linked = m_linked ? m_linked->bytes : Bytes();
    const auto asked = ++m_asked;
    m_workers.clear(); // what waits there is of an older sample
    onWorker(
        m_workers, this,
        [bytes, topic, linked, feed = *read, equip = m_feeds.equipment(), now = m_ui.desk.now()]() mutable {
            Shown shown;
            if (auto equipped = equip(feed); !equipped) {
                shown.sample.refusal = tr("The feed could not start: %1").arg(Words::sentence(equipped.error().message));
                return shown;
            }
            shown.sample = FeedWords::preview({*bytes, topic, false}, feed, now, mostLines);
            if (linked)
                shown.linked = FeedWords::preview({*linked, {}, true}, feed, now, mostLines);
            return shown;
        },
        [this, asked, topic, feed = *read](const Shown& shown) {
            if (asked != m_asked || m_listening || m_fetching)
                return;
            m_becomes->clear();
            QString summary = showLines(shown.sample);
            if (!topic.empty())
                summary = tr("%1 (topic %2)").arg(summary, QString::fromStdString(topic));
            if (!m_bytes && m_sample->document()->characterCount() > mostSample + 1)
                summary = tr("Only the first %1 characters are read: open it as a file").arg(Words::number(mostSample, 0)) +
                          QLatin1Char('\n') + summary;
            if (m_sample->isReadOnly() && m_bytes)
                summary = tr("%1 bytes, all of them read").arg(Words::number(static_cast<double>(m_bytes->size()), 0)) +
                          QLatin1Char('\n') + summary;
            showLinked(feed, shown, summary);
            m_summary->setText(summary);
        });
}

void SamplePane::addLine(const QString& line, const QColor& colour) {
    auto* item = new QListWidgetItem(line, m_becomes);
    if (colour.isValid())
        item->setForeground(colour);
}

/// Its lines, after those that are there; returns what is to be said of them all.
QString SamplePane::showLines(const FeedWords::Preview& preview) {
    const auto& c = m_ui.theme.colours();
    const auto& known = m_ui.desk.state().sensors;
    std::set<std::string> unknown;
    for (const auto& [sensor, readings] : preview.readings)
        if (!known.contains(model::SensorId(sensor)))
            unknown.insert(sensor);
    for (const auto& fault : preview.faults)
        addLine(QStringLiteral("✕ ") + fault, c.grade[0]);
    for (const auto& note : preview.notes)
        addLine(QStringLiteral("~ ") + note, c.dim);
    for (const auto& line : preview.taken) {
        if (!line.sensor.empty() && unknown.contains(line.sensor))
            addLine(tr("%1 · not registered").arg(line.text), c.dim);
        else
            addLine(line.text, {});
    }
    return FeedWords::summary(preview, unknown);
}

/// The first message of an index that was fetched: asks for it, or shows what it becomes.
void SamplePane::showLinked(const ingest::FeedConfig& feed, const Shown& shown, QString& summary) {
    const auto& url = shown.sample.link;
    if (url.empty() || m_fetchedFrom.empty() || m_fetchedFrom != feed.address)
        return;
    if (!m_linked || m_linked->url != url) {
        m_linked = Linked{url, {}, {}};
        m_feeds.follow(feed, url, this, [this, url](base::Result<std::string> bytes) {
            if (!m_linked || m_linked->url != url)
                return;
            if (bytes)
                m_linked->bytes = std::make_shared<const std::string>(std::move(*bytes));
            else
                m_linked->error = Words::sentence(bytes.error().message);
            m_soon.start();
        });
    }
    summary += QLatin1Char('\n');
    if (shown.linked) {
        addLine(QStringLiteral("→ ") + QString::fromStdString(url), m_ui.theme.colours().dim);
        summary += tr("The first of them: %1").arg(showLines(*shown.linked));
    } else if (m_linked && !m_linked->error.isEmpty()) {
        summary += tr("The first of them cannot be fetched: %1").arg(m_linked->error);
    } else {
        summary += tr("Fetching the first of them …");
    }
}

} // namespace tocsin::gui
