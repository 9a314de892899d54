#include "gui/calls/place_field.hpp"

#include "gui/panels/detail_parts.hpp"
#include "gui/tools/on_worker.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/gui/map_view.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/place_desk.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QDialog>
#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QRegularExpression>
#include <QShortcut>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace tocsin::gui {
namespace {

constexpr std::size_t mostOffers = 7;
constexpr std::size_t mostCoordinates = 3;
constexpr qsizetype mostNames = 12;
constexpr int rowHeight = 30;

bool hasIdeographs(const QString& text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

} // namespace

QStringList namesWithin(const QString& sentence) {
    static const QRegularExpression between(QStringLiteral("[,;:，；：、。]+"));
    static const QRegularExpression blank(QStringLiteral("\\s+"));
    QStringList out;
    const auto add = [&out](const QString& text) {
        const QString name = text.simplified();
        if (name.size() >= 2 && out.size() < mostNames && !out.contains(name))
            out << name;
    };
    add(sentence);
    const QStringList parts = sentence.split(between, Qt::SkipEmptyParts);
    for (const QString& part : parts)
        add(part);
    for (const QString& part : parts) {
        const QStringList words = part.split(blank, Qt::SkipEmptyParts);
        for (qsizetype n = std::min<qsizetype>(words.size() - 1, 3); n > 0; --n)
            add(words.mid(words.size() - n).join(QLatin1Char(' ')));
        if (words.size() > 1)
            add(words.front());
        if (hasIdeographs(part)) {
            const QString run = part.simplified();
            for (qsizetype n = std::min<qsizetype>(run.size() - 1, 8); n >= 2; --n)
                add(run.left(n));
        }
    }
    return out;
}

PlaceField::Parts PlaceField::partsOf(const UiContext& ui) {
    if (ui.places == nullptr)
        return {};
    Parts parts{ui.places->search(), ui.places->knowledge().address, {}};
    if (const auto* map = ui.places->map())
        parts.near = [map] { return map->centre(); };
    return parts;
}

PlaceField::PlaceField(const UiContext& ui, Parts parts, QWidget* parent)
    : QWidget(parent), m_ui(ui), m_parts(std::move(parts)), m_line(new QLineEdit(this)), m_map(new QPushButton(this)),
      m_state(textLabel(ui.theme, this, true)) {
    m_pool.setMaxThreadCount(1);
    m_line->setObjectName(QStringLiteral("callPlace"));
    m_line->setMaxLength(400);
    m_map->setObjectName(QStringLiteral("callFromMap"));
    m_state->setObjectName(QStringLiteral("callPlaceState"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_line, 1);
    row->addWidget(m_map);
    column->addLayout(row);
    column->addWidget(m_state);
    setFocusProxy(m_line);
    m_line->installEventFilter(this);
    connect(m_line, &QLineEdit::textEdited, this, &PlaceField::typed);
    connect(m_map, &QPushButton::clicked, this, &PlaceField::mapWanted);
}

PlaceField::~PlaceField() {
    m_pool.clear();
    m_pool.waitForDone();
    delete m_board.data(); // the dialog's child, not this one's
}

QString PlaceField::text() const {
    return m_line->text();
}

void PlaceField::fill(const QString& text, const std::optional<model::Position>& position) {
    m_line->setText(text);
    m_position = position;
    m_chosen = position ? text : QString();
    m_nameless = false;
    close();
    if (position)
        askAddress();
    tell();
}

void PlaceField::place(const model::Position& position) {
    m_nameless = m_line->text().trimmed().isEmpty();
    m_position = position;
    m_chosen = m_line->text();
    settle(position, m_line->text());
}

void PlaceField::typed() {
    m_nameless = false;
    m_left = false;
    m_walked = false;
    if (m_line->text().trimmed().isEmpty()) {
        m_position.reset();
        m_chosen.clear();
        m_address = {};
    }
    tell();
    emit changed();
    ask();
}

void PlaceField::ask() {
    ++m_question;
    m_pool.clear();
    m_offers.clear();
    QString text = m_line->text().trimmed();
    // More words about a place that is chosen are no new place, unless they leave its name.
    if (text.isEmpty() || (m_position && !m_chosen.isEmpty() && text.startsWith(m_chosen)))
        return close();
    for (const auto& reading : geo::parseCoordinates(text.toStdString())) {
        if (m_offers.size() >= mostCoordinates)
            break;
        const QString datum = reading.datum == model::Datum::wgs84   ? QStringLiteral("WGS-84")
                              : reading.datum == model::Datum::gcj02 ? QStringLiteral("GCJ-02")
                                                                     : QStringLiteral("BD-09");
        m_offers.push_back(
            {QString::fromStdString(geo::formatCoordinates(reading.position, geo::CoordinateForm::dms)),
             tr("coordinates, %1").arg(datum), reading.position, true});
    }
    showOffers();
    if (!m_parts.search)
        return;
    const auto near = m_parts.near ? std::optional(m_parts.near()) : std::nullopt;
    onWorker(
        m_pool, this,
        [search = m_parts.search, near, text] {
            std::vector<FoundPlace> found;
            for (const QString& name : namesWithin(text)) {
                found = search(name, near, mostOffers);
                if (!found.empty())
                    break;
            }
            return found;
        },
        [this, text, question = m_question](std::vector<FoundPlace> found) {
            if (question == m_question)
                take(text, std::move(found));
        });
}

void PlaceField::take(const QString& typed, std::vector<FoundPlace> found) {
    if (!m_offers.empty())
        return; // the line is coordinates: a name that looks like them is none
    for (const FoundPlace& place : found) {
        if (m_offers.size() < mostOffers)
            m_offers.push_back({place.name, place.detail, place.position, false});
    }
    if (m_left) { // Tab was faster than the gazetteer
        m_left = false;
        if (!m_offers.empty() && foldedForSearch(m_offers.front().name) == foldedForSearch(typed))
            choose(0);
        return;
    }
    showOffers();
}

void PlaceField::showOffers() {
    if (m_offers.empty() || !m_line->hasFocus())
        return close();
    if (!m_board) {
        m_board = new QFrame(window());
        m_board->setObjectName(QStringLiteral("callPlaceBoard"));
        m_board->setAutoFillBackground(true);
        m_list = new QListWidget(m_board);
        m_list->setObjectName(QStringLiteral("callPlaceList"));
        m_list->setFocusPolicy(Qt::NoFocus);
        m_list->setUniformItemSizes(true);
        m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        auto* all = new QVBoxLayout(m_board);
        all->setContentsMargins(1, 1, 1, 1);
        all->addWidget(m_list);
        connect(m_list, &QListWidget::itemClicked, this,
                [this](QListWidgetItem* item) { choose(static_cast<std::size_t>(m_list->row(item))); });
    }
    const Palette& colours = m_ui.theme.colours();
    m_board->setStyleSheet(QStringLiteral("#callPlaceBoard { border: 1px solid %1; border-radius: 4px; background: %2; }"
                                          "QListWidget { background: %2; }")
                               .arg(colours.accent.name(), colours.raised.name()));
    m_list->setAccessibleName(tr("Places found"));
    m_list->clear();
    for (const Offer& offer : m_offers) {
        auto* item = new QListWidgetItem(offer.detail.isEmpty() ? offer.name
                                                                : offer.name + QStringLiteral("  ·  ") + offer.detail);
        item->setIcon(Symbols::icon(offer.coordinates ? QStringLiteral("coordinates") : QStringLiteral("pin"),
                                    colours.dim, 18));
        item->setSizeHint({0, rowHeight});
        m_list->addItem(item);
    }
    m_list->setCurrentRow(0);
    layOut();
    m_board->show();
    m_board->raise();
}

void PlaceField::layOut() {
    const QPoint below = m_line->mapTo(window(), QPoint(0, m_line->height() + 2));
    m_board->setGeometry(below.x(), below.y(), m_line->width(),
                         rowHeight * static_cast<int>(m_offers.size()) + 4);
}

int PlaceField::offered() const {
    return m_board && m_board->isVisibleTo(window()) ? m_list->count() : 0;
}

void PlaceField::close() {
    if (m_board)
        m_board->hide();
}

void PlaceField::choose(std::size_t index) {
    if (index >= m_offers.size())
        return;
    const Offer offer = m_offers[index];
    ++m_question;
    close();
    // What else the caller said stays: a name within a sentence is not the sentence.
    const QString typed = m_line->text().trimmed();
    const bool within = !offer.coordinates && typed.size() > offer.name.size() &&
                        typed.contains(offer.name, Qt::CaseInsensitive);
    m_nameless = offer.coordinates;
    if (!within && !offer.coordinates)
        m_line->setText(offer.name);
    m_position = offer.position;
    m_chosen = m_line->text().trimmed();
    settle(offer.position, offer.name);
}

void PlaceField::settle(const model::Position& position, const QString& name) {
    m_address = {};
    askAddress();
    tell();
    emit changed();
    emit placed(position, name);
}

void PlaceField::askAddress() {
    if (!m_parts.address || !m_position)
        return;
    onWorker(
        m_pool, this, [f = m_parts.address, here = *m_position] { return f(here); },
        [this, here = *m_position](base::LocalText found) {
            if (!m_position || !(*m_position == here))
                return;
            m_address = std::move(found);
            if (m_nameless && !m_address.empty()) {
                m_nameless = false;
                m_line->setText(Words::local(m_address, m_ui.language));
                m_chosen = m_line->text();
                emit changed();
            }
            tell();
        });
}

void PlaceField::tell() {
    if (!m_position) {
        m_state->setText(m_line->text().trimmed().isEmpty()
                             ? tr("Name, street, kilometre or coordinates in any form")
                             : tr("Not on the map yet: choose a place, or point at it (Alt+P)"));
    } else {
        QString words = QStringLiteral("✓ ") + QString::fromStdString(geo::formatCoordinates(
                                                   *m_position, geo::CoordinateForm::decimal));
        const QString address = Words::local(m_address, m_ui.language);
        if (!address.isEmpty())
            words += QStringLiteral(" · ") + address;
        m_state->setText(words);
    }
    m_line->setAccessibleDescription(m_state->text());
}

bool PlaceField::key(int key) {
    if (offered() == 0)
        return false;
    const int rows = m_list->count();
    switch (key) {
    case Qt::Key_Down:
        m_list->setCurrentRow(m_walked || m_list->currentRow() > 0 ? (m_list->currentRow() + 1) % rows
                                                                    : std::min(1, rows - 1));
        m_walked = true;
        return true;
    case Qt::Key_Up:
        m_list->setCurrentRow((m_list->currentRow() + rows - 1) % rows);
        m_walked = true;
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(static_cast<std::size_t>(std::max(0, m_list->currentRow())));
        return true;
    case Qt::Key_Escape:
        ++m_question;
        close();
        return true;
    default:
        return false;
    }
}

bool PlaceField::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_line)
        return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride && offered() > 0 &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
        event->accept();
    if (event->type() == QEvent::KeyPress) {
        const auto& pressed = *static_cast<QKeyEvent*>(event);
        if (pressed.modifiers() == Qt::NoModifier && key(pressed.key()))
            return true;
        if (pressed.key() == Qt::Key_Tab) {
            const auto row = m_list == nullptr ? 0 : static_cast<std::size_t>(std::max(0, m_list->currentRow()));
            const bool sure =
                offered() > 0 && (m_walked || m_offers[row].coordinates ||
                                  foldedForSearch(m_offers[row].name).startsWith(foldedForSearch(text().trimmed())));
            if (sure)
                choose(row);
            else
                m_left = !m_position && offered() == 0;
        }
    }
    if (event->type() == QEvent::FocusOut)
        close();
    return QWidget::eventFilter(watched, event);
}

void PlaceField::offerMap(QDialog& dialog, bool hasMap) {
    m_map->setAutoDefault(false);
    m_map->setVisible(hasMap);
    if (hasMap)
        connect(new QShortcut(QKeySequence(QStringLiteral("Alt+P")), &dialog), &QShortcut::activated, this, &PlaceField::mapWanted);
}

void PlaceField::pointFrom(QDialog& dialog, std::function<void()> pointed) {
    const bool hasMap = m_ui.places != nullptr && m_ui.places->map() != nullptr;
    offerMap(dialog, hasMap);
    if (!hasMap)
        return;
    connect(this, &PlaceField::mapWanted, &dialog, [this, &dialog, pointed = std::move(pointed)] {
        m_ui.places->point(dialog, [this, pointed](const model::Position& where) {
            place(where);
            pointed();
        });
    });
}

void PlaceField::words() {
    m_line->setAccessibleName(tr("Where it is"));
    m_line->setPlaceholderText(tr("Where is it?"));
    m_map->setText(tr("From the map"));
    m_map->setToolTip(tr("Point at it on the map (Alt+P)"));
    tell();
}

} // namespace tocsin::gui
