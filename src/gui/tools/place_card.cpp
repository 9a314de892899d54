#include "gui/tools/place_card.hpp"

#include "gui/map/layers.hpp"
#include "gui/panels/detail_parts.hpp"
#include "gui/tools/measures.hpp"
#include "gui/tools/on_worker.hpp"
#include "tocsin/geo/coordinates.hpp"
#include "tocsin/geo/measure.hpp"
#include "tocsin/gui/panels/words.hpp"
#include "tocsin/gui/symbols.hpp"

#include <QAbstractButton>
#include <QClipboard>
#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QMenu>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

namespace tocsin::gui {
namespace {

constexpr int cardWidth = 344;
constexpr std::size_t mostResources = 5;
constexpr std::size_t mostProtected = 3;
constexpr double aroundMetres = 500;
constexpr double protectedWithin = 1500;

model::Line circle(const model::Position& middle, double metres) {
    constexpr int corners = 48;
    model::Line ring;
    for (int i = 0; i <= corners; ++i)
        ring.push_back(geo::offset(middle, base::Degrees(360.0 * (i % corners) / corners), base::Metres(metres)));
    return ring;
}

/// A unit that would be here soon: its glyph, its name, its time; a click selects it.
class NearRow : public QAbstractButton {
  public:
    NearRow(const Theme& theme, QString glyph, QString name, QString eta, QWidget* parent)
        : QAbstractButton(parent), m_theme(theme), m_glyph(std::move(glyph)), m_name(std::move(name)),
          m_eta(std::move(eta)) {
        setFixedHeight(28);
        setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        setFocusPolicy(Qt::StrongFocus);
        setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
    }

  protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const Palette& palette = m_theme.colours();
        if (underMouse() || hasFocus()) {
            painter.setPen(hasFocus() ? QPen(palette.accent, 1) : QPen(Qt::NoPen));
            painter.setBrush(underMouse() ? QBrush(palette.raised) : QBrush(Qt::NoBrush));
            painter.drawRoundedRect(QRectF(rect()).adjusted(-5.5, 0.5, 5.5, -0.5).intersected(QRectF(rect())), 4, 4);
        }
        Symbols::paintGlyph(painter, QRectF(4, height() / 2.0 - 9, 18, 18), m_glyph, palette.text);
        painter.setPen(palette.text);
        const QFont bold = m_theme.font(Theme::Text::rowBold);
        const int eta = QFontMetrics(bold).horizontalAdvance(m_eta) + 6;
        painter.setFont(bold);
        painter.drawText(rect().adjusted(0, 0, -4, 0), Qt::AlignRight | Qt::AlignVCenter, m_eta);
        const QFont body = m_theme.font(Theme::Text::body);
        painter.setFont(body);
        const QRect room = rect().adjusted(32, 0, -eta - 8, 0);
        painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetrics(body).elidedText(m_name, Qt::ElideRight, room.width()));
    }

  private:
    const Theme& m_theme;
    QString m_glyph;
    QString m_name;
    QString m_eta;
};

QString decimal(const model::Position& position) {
    return QString::fromStdString(geo::formatCoordinates(position, geo::CoordinateForm::decimal));
}

/// Its name; what has none is called by its kind.
QString titleOf(const ProtectedObject& object) {
    if (!object.name.isEmpty())
        return object.name;
    QString word = protectedWord(object.kind);
    if (!word.isEmpty())
        word[0] = word[0].toUpper();
    return word;
}

} // namespace

void fillCoordinates(QMenu& menu, const model::Position& position) {
    struct Form {
        const char* name;
        geo::CoordinateForm form;
        model::Datum datum;
    };
    using geo::CoordinateForm;
    using model::Datum;
    const Form forms[] = {
        {QT_TRANSLATE_NOOP("tocsin::gui::PlaceCard", "Decimal"), CoordinateForm::decimal, Datum::wgs84},
        {QT_TRANSLATE_NOOP("tocsin::gui::PlaceCard", "Degrees and minutes"), CoordinateForm::dms, Datum::wgs84},
        {QT_TRANSLATE_NOOP("tocsin::gui::PlaceCard", "UTM"), CoordinateForm::utm, Datum::wgs84},
        {QT_TRANSLATE_NOOP("tocsin::gui::PlaceCard", "MGRS"), CoordinateForm::mgrs, Datum::wgs84},
        {QT_TRANSLATE_NOOP("tocsin::gui::PlaceCard", "GCJ-02 (Amap)"), CoordinateForm::decimal, Datum::gcj02},
        {QT_TRANSLATE_NOOP("tocsin::gui::PlaceCard", "BD-09 (Baidu)"), CoordinateForm::decimal, Datum::bd09},
    };
    for (const Form& each : forms) {
        const QString text = QString::fromStdString(geo::formatCoordinates(position, each.form, each.datum));
        if (text.isEmpty())
            continue;
        QAction* action =
            menu.addAction(QCoreApplication::translate("tocsin::gui::PlaceCard", each.name) + QLatin1Char('\t') + text);
        QObject::connect(action, &QAction::triggered, &menu, [text] { QGuiApplication::clipboard()->setText(text); });
    }
}

PlaceCard::PlaceCard(const UiContext& ui, const PlaceKnowledge& knowledge, QThreadPool& pool, ProtectedList objects,
                     model::Position position, bool mayChange, QWidget* parent)
    : FloatCard(ui.theme, parent), m_ui(ui), m_knowledge(knowledge), m_pool(pool), m_objects(std::move(objects)),
      m_position(position), m_title(textLabel(ui.theme, this)),
      m_close(new GlyphButton(ui.theme, QStringLiteral("close"), this)), m_coordinates(new QPushButton(this)),
      m_facts(new FactGrid(ui.theme, this)), m_resourcesTitle(sectionLabel(ui.theme, this)),
      m_resourcesNote(textLabel(ui.theme, this, true)), m_resourceLines(new QVBoxLayout),
      m_protectedTitle(sectionLabel(ui.theme, this)), m_protectedText(textLabel(ui.theme, this)),
      m_open(new QPushButton(this)), m_pin(new QPushButton(this)), m_measure(new QPushButton(this)),
      m_reach(new QPushButton(this)), m_copy(new QPushButton(this)) {
    setObjectName(QStringLiteral("placeCard"));
    m_title->setObjectName(QStringLiteral("placeTitle"));
    m_title->setFont(ui.theme.font(Theme::Text::title));
    m_coordinates->setObjectName(QStringLiteral("placeCoordinates"));
    m_coordinates->setFont(ui.theme.font(Theme::Text::body));
    m_coordinates->setProperty("kind", QStringLiteral("link"));
    m_coordinates->setCursor(Qt::PointingHandCursor);
    m_resourceLines->setSpacing(0);
    m_open->setObjectName(QStringLiteral("placeOpen"));
    m_pin->setObjectName(QStringLiteral("placePin"));
    m_measure->setObjectName(QStringLiteral("placeMeasure"));
    m_reach->setObjectName(QStringLiteral("placeReach"));
    m_copy->setObjectName(QStringLiteral("placeCopy"));
    m_open->setProperty("kind", QStringLiteral("primary"));
    m_open->setEnabled(mayChange);
    m_pin->setEnabled(mayChange);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 12, 16, 14);
    column->setSpacing(4);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_close, 0, Qt::AlignTop);
    column->addLayout(head);
    auto* line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_coordinates);
    line->addStretch(1);
    column->addLayout(line);
    column->addSpacing(4);
    column->addWidget(m_facts);
    column->addWidget(hairLine(this));
    column->addSpacing(6);
    column->addWidget(m_resourcesTitle);
    column->addWidget(m_resourcesNote);
    column->addLayout(m_resourceLines);
    column->addSpacing(4);
    column->addWidget(m_protectedTitle);
    column->addWidget(m_protectedText);
    column->addSpacing(8);
    column->addWidget(m_open);
    auto* grid = new QGridLayout;
    grid->setSpacing(8);
    grid->addWidget(m_reach, 0, 0, 1, 2);
    grid->addWidget(m_pin, 1, 0);
    grid->addWidget(m_measure, 1, 1);
    grid->addWidget(m_copy, 2, 0, 1, 2);
    column->addLayout(grid);
    column->addStretch(1);

    connect(m_close, &QToolButton::clicked, this, &FloatCard::escaped);
    connect(m_coordinates, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(decimal(m_position));
        m_coordinates->setText(tr("Copied"));
        QTimer::singleShot(1500, m_coordinates, [this] { m_coordinates->setText(decimal(m_position)); });
    });
    connect(m_open, &QPushButton::clicked, this, &PlaceCard::openIncidentWanted);
    connect(m_pin, &QPushButton::clicked, this, &PlaceCard::pinWanted);
    connect(m_measure, &QPushButton::clicked, this, &PlaceCard::measureWanted);
    connect(m_reach, &QPushButton::clicked, this, &PlaceCard::reachWanted);
    auto* forms = new QMenu(m_copy);
    fillCoordinates(*forms, m_position);
    m_copy->setMenu(forms);
    connect(&ui.selection, &Selection::changed, this, &PlaceCard::refresh);
    ask();
    retranslate();
}

QSize PlaceCard::sizeHint() const {
    return {cardWidth,
            layout()->hasHeightForWidth() ? layout()->heightForWidth(cardWidth) : layout()->sizeHint().height()};
}

void PlaceCard::ask() {
    const model::Position here = m_position;
    if (m_knowledge.address) {
        m_addressKnown = Known::waiting;
        ++m_waiting;
        onWorker(
            m_pool, this, [f = m_knowledge.address, here] { return f(here); },
            [this](base::LocalText found) {
                m_addressKnown = found.empty() ? Known::nothing : Known::yes;
                m_address = std::move(found);
                answered();
            });
    }
    if (m_knowledge.height) {
        m_heightKnown = Known::waiting;
        ++m_waiting;
        onWorker(
            m_pool, this, [f = m_knowledge.height, here] { return f(here); },
            [this](std::optional<double> found) {
                m_heightKnown = found && std::isfinite(*found) ? Known::yes : Known::nothing;
                m_height = found.value_or(0);
                answered();
            });
    }
    if (m_knowledge.population) {
        m_peopleKnown = Known::waiting;
        ++m_waiting;
        onWorker(
            m_pool, this, [f = m_knowledge.population, here] { return f(circle(here, aroundMetres)); },
            [this](std::optional<double> found) {
                m_peopleKnown = found && std::isfinite(*found) && *found >= 0 ? Known::yes : Known::nothing;
                m_people = found.value_or(0);
                answered();
            });
    }
    if (m_objects && !m_objects->empty()) {
        ++m_waiting;
        onWorker(
            m_pool, this,
            [objects = m_objects, here] {
                std::vector<Near> near;
                for (const ProtectedObject& each : *objects)
                    if (const auto far = geo::distance(here, each.position); far.value <= protectedWithin)
                        near.push_back({each, far});
                std::sort(near.begin(), near.end(), [](const Near& a, const Near& b) { return a.far < b.far; });
                near.resize(std::min(near.size(), mostProtected));
                return near;
            },
            [this](std::vector<Near> near) {
                m_protected = std::move(near);
                answered();
            });
    }
    ++m_waiting;
    m_ui.desk.nearestResources(m_position, mostResources, this, [this](std::vector<DeskBridge::NearResource> found) {
        m_resources = std::move(found);
        m_resourcesKnown = m_resources.empty() ? Known::nothing : Known::yes;
        fillResources();
        answered();
    });
}

void PlaceCard::answered() {
    --m_waiting;
    refresh();
}

void PlaceCard::fillResources() {
    while (QLayoutItem* item = m_resourceLines->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto& near : m_resources) {
        const auto known = m_ui.desk.state().resources.find(near.resource);
        if (known == m_ui.desk.state().resources.end())
            continue;
        const model::Resource& resource = known->second;
        const QString name = Words::local(resource.name, m_ui.language);
        auto* row = new NearRow(m_theme, Symbols::forResource(resource), name, Words::eta(near.eta), this);
        row->setObjectName(QStringLiteral("nearResource"));
        row->setAccessibleName(tr("%1, here in %2").arg(name, Words::eta(near.eta)));
        row->setToolTip(tr("%1 · %2 by road", "resource, distance").arg(name, Measures::distance(near.distance)));
        connect(row, &QAbstractButton::clicked, this, [this, id = near.resource] { m_ui.selection.select(id); });
        m_resourceLines->addWidget(row);
    }
}

void PlaceCard::refresh() {
    const QString address = m_addressKnown == Known::yes ? Words::local(m_address, m_ui.language) : QString();
    m_title->setText(!address.isEmpty()                 ? address
                     : m_addressKnown == Known::waiting ? tr("Asking …")
                                                        : tr("This place"));
    m_coordinates->setText(decimal(m_position));
    QVector<FactGrid::Fact> facts;
    if (m_heightKnown != Known::nothing)
        facts.push_back({tr("Elevation"),
                         m_heightKnown == Known::waiting ? tr("asking …")
                                                         : tr("%1 m above the sea").arg(Words::number(m_height, 0)),
                         false});
    if (m_peopleKnown != Known::nothing)
        facts.push_back({tr("Within 500 m"),
                         m_peopleKnown == Known::waiting ? tr("asking …")
                                                         : tr("%1 people").arg(Words::number(std::round(m_people), 0)),
                         false});
    if (const auto* id = m_ui.selection.as<model::IncidentId>()) {
        const auto known = m_ui.desk.state().incidents.find(*id);
        if (known != m_ui.desk.state().incidents.end())
            facts.push_back(
                {tr("From %1", "an incident").arg(Words::quoted(Words::local(known->second.title, m_ui.language))),
                 Measures::distance(geo::distance(known->second.position, m_position)) + QStringLiteral(" · ") +
                     Measures::bearing(geo::bearing(known->second.position, m_position)),
                 true});
    }
    m_facts->set(facts);
    m_facts->setVisible(!facts.isEmpty());
    m_resourcesTitle->setText(tr("First here"));
    setOrHide(m_resourcesNote, m_resourcesKnown == Known::waiting   ? tr("Reckoning ways …")
                               : m_resourcesKnown == Known::nothing ? tr("No available unit can come by road.")
                                                                    : QString());
    QStringList near;
    for (const Near& each : m_protected)
        near << tr("%1 · %2", "object, distance").arg(titleOf(each.object), Measures::distance(each.far));
    m_protectedTitle->setText(tr("To be protected"));
    m_protectedTitle->setVisible(!near.isEmpty());
    setOrHide(m_protectedText, near.join(QLatin1Char('\n')));
    setAccessibleName(tr("What is here: %1").arg(m_title->text()));
    updateGeometry();
}

void PlaceCard::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    FloatCard::changeEvent(event);
}

void PlaceCard::retranslate() {
    m_close->say(tr("Close"), tr("Esc"));
    m_coordinates->setToolTip(tr("Click to copy"));
    m_coordinates->setAccessibleName(tr("Copy the coordinates"));
    m_open->setText(tr("Open an incident here"));
    m_pin->setText(tr("Drop a pin"));
    m_measure->setText(tr("Measure"));
    m_measure->setToolTip(tr("Measure from here"));
    m_reach->setText(tr("Who can be here in 5, 10, 15 min"));
    m_copy->setText(tr("Copy coordinates as"));
    m_copy->menu()->clear();
    fillCoordinates(*m_copy->menu(), m_position);
    fillResources();
    refresh();
}

} // namespace tocsin::gui
