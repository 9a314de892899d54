#pragma once

#include "tocsin/gui/command_palette.hpp"
#include "tocsin/gui/feeds_desk.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/gui/ui_context.hpp"

#include <QMainWindow>
#include <QSet>
#include <QTimeZone>
#include <filesystem>
#include <functional>
#include <optional>

class QDockWidget;
class QLabel;

namespace tocsin::gui {

class ChatNotice;
class FloodRoom;
class Panel;
class Toaster;
class TopBar;
class Tour;
class WallStrip;

/// What the window places; it does not know how they are made. A gui::Panel names its own dock and its key; any other
/// widget is named by its windowTitle(). The window takes them over.
struct Panels {
    QWidget* alarms{nullptr};
    QWidget* incidents{nullptr};
    QWidget* reports{nullptr};
    QWidget* details{nullptr};
    QWidget* log{nullptr};
    QWidget* map{nullptr};
};

/// What the person chose last time in this county, for the parts that are made before the window.
struct Remembered {
    QString language; ///< empty: never chosen
    std::optional<Theme::Look> look;
    bool isPlaced{false}; ///< where the window stood is known: it was closed once, and did not only end
};
[[nodiscard]] Remembered remembered(const std::filesystem::path& folder);

/// The desk's window: only places panels, and gives the keyboard its meaning. GUI thread.
class MainWindow : public QMainWindow {
    Q_OBJECT
  public:
    struct Parts {
        UiContext ui;
        Panels panels;
        Language& language;
        QTimeZone zone{QTimeZone::utc()};
        std::filesystem::path settings;    ///< the county's folder, or an .ini file; empty: nothing is remembered
        PlaceSearch places;                ///< may be empty
        std::function<void()> newIncident; ///< N: opens the form for a new incident; may be empty
        bool sound{true};
        bool tour{true}; ///< offer the tour to who has not seen it
        /// Of the map's tools: into the palette, the list of keys and the window, which does not own them. One with a
        /// plain letter as its property "keyText" and no shortcut has that key while no field takes it.
        QList<QAction*> mapActions{};
        std::function<void(const QString& feed)> openFeeds{}; ///< F8, and a click on a lamp; empty: nothing to open
        FeedStatusSource feedStatus{};                        ///< for the lamps; may be empty
        std::function<void()> openRules{}; ///< Ctrl+R; empty: nothing to open
        std::function<void()> openDispatch{}; ///< F12; empty: nothing to open
        std::function<void()> newCall{}; ///< F7, and the bar's button: opens the form for a call; may be empty
        std::function<void()> openResources{}; ///< Ctrl+B; empty: nothing to open
        std::function<void()> openSensors{}; ///< Shift+F8; empty: nothing to open
        std::function<void()> openCapabilities{}; ///< Ctrl+Shift+G; empty: nothing to open
        std::function<void()> openRosters{}; ///< Ctrl+Shift+B; empty: nothing to open
        std::function<void()> openCallDowns{}; ///< Shift+F12; empty: nothing to open
    };
    explicit MainWindow(Parts parts, QWidget* parent = nullptr);
    ~MainWindow() override;

    [[nodiscard]] CommandPalette& palette() { return *m_commandPalette; }
    [[nodiscard]] Tour& tour() { return *m_tour; }
    [[nodiscard]] QAction* action(const QString& englishName) const;
    /// A box for the map's corner that opens the palette when clicked or typed into. A new one at each call.
    [[nodiscard]] QWidget* makeSearchBox();
    /// As Parts::mapActions, for what is made after the window. Whoever made them names them in the language in force.
    void addMapActions(const QList<QAction*>& actions);
    /// Switches that the wall view's strip offers: checkable actions.
    void setWallSwitches(const QList<QAction*>& actions);
    [[nodiscard]] bool isWall() const { return m_wall; }
    /// How many sit at this desk beside its own window: shown in the bar, where there are any.
    void setSeats(int seats);

  public slots:
    void openPalette(const QString& text = {}); ///< for the map's search box, too
    void startTour();
    void resetLayout();
    void toggleMapAlone();             ///< the map over the whole window, or all panels back
    void setWall(bool wall);           ///< the map over the whole screen with a slim strip above it, for a wall
    void toggleWall() { setWall(!m_wall); }
    void say(const QString& sentence); ///< a toast

  signals:
    void seatsWanted(); ///< who sits here

  protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

  private:
    enum class Width : unsigned char { narrow, wide };

    QDockWidget* addDock(QWidget* panel, const char* name, Qt::DockWidgetArea area);
    void makeActions();
    using QMainWindow::addAction;
    QAction* addAction(const char* english, const QString& glyph, const QKeySequence& key, std::function<void()> run);
    void retranslate();
    void arrange();
    void adoptWidth(bool force);
    void foldLog(bool folded);
    void showPanel(QDockWidget* dock, QWidget* panel);
    void acknowledge();
    void send();
    void addToPlan();
    bool pressFirst(const char* button); ///< of those with this name that can be pressed
    void refresh();
    void mute(int minutes);
    void openLoad();
    void toggleLook();
    void openKeys();
    [[nodiscard]] QList<Panel*> panels() const;
    void nameCommands(); ///< tells the palette what can be done now
    void escape();
    [[nodiscard]] bool runPlainKey(const QKeyEvent& event);
    void saveLayout();
    void restoreLayout();

    Parts m_parts;
    TopBar* m_topBar{nullptr};
    WallStrip* m_wallStrip{nullptr};
    QLabel* m_banner{nullptr};
    QLabel* m_starting{nullptr};
    QDockWidget* m_alarms{nullptr};
    QDockWidget* m_incidents{nullptr};
    QDockWidget* m_reports{nullptr};
    QDockWidget* m_details{nullptr};
    QDockWidget* m_log{nullptr};
    FloodRoom* m_floodRoom{nullptr};
    CommandPalette* m_commandPalette{nullptr};
    Toaster* m_toaster{nullptr};
    ChatNotice* m_chat{nullptr};
    Tour* m_tour{nullptr};
    QList<QAction*> m_actions; ///< the window's own, then the map's
    QSet<QAction*> m_foreign;  ///< of m_actions: named by their makers
    Width m_width{Width::wide};
    bool m_arranged{false};
    bool m_logFolded{false};
    QByteArray m_beforeMapAlone; ///< how the panels stood; empty while they do
    bool m_shown{false};
    bool m_wall{false};
    QByteArray m_beforeWall;
    Qt::WindowStates m_stateBeforeWall;
};

} // namespace tocsin::gui
