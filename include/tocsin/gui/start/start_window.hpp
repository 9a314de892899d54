#pragma once

#include "tocsin/base/result.hpp"
#include "tocsin/base/text.hpp"
#include "tocsin/gui/language.hpp"
#include "tocsin/gui/theme.hpp"

#include <QString>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

class QButtonGroup;
class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace tocsin::gui {

class StartCard;

/// Which county a newcomer wants.
struct StartChoice {
    bool demo{true};
    std::filesystem::path extract; ///< an OpenStreetMap extract; unused for the demo
    base::LocalText name;          ///< empty: as the county's boundary is called
    std::filesystem::path heights; ///< optional: GeoTIFF or HGT
    std::filesystem::path borders; ///< optional: boundaries of townships
};

struct StartProgress {
    std::string stage; ///< the maker's English words
    double fraction{0};
};

/// What came of it: the county stands; what of the optional files could not be taken, in a sentence each.
struct StartMade {
    std::vector<std::string> notes;
};

/// Makes the county. Called on a worker thread; `progress` may be called from there. Leaves nothing behind when it
/// fails or is stopped (Code::cancelled).
using CountyMaker = std::function<base::Result<StartMade>(
    const StartChoice& choice, const std::function<void(const StartProgress&)>& progress, std::stop_token stop)>;

/// What opens where there is no county yet: asks for one, makes it with progress and a way out, says what went wrong.
/// GUI thread.
class StartWindow : public QWidget {
    Q_OBJECT
  public:
    StartWindow(Theme& theme, Language& language, QString folder, CountyMaker maker, QWidget* parent = nullptr);
    ~StartWindow() override; ///< stops the maker and waits for it

    [[nodiscard]] StartChoice choice() const;
    void setExtract(const QString& file); ///< as if it had been chosen
    [[nodiscard]] bool working() const { return m_working; }
    [[nodiscard]] QSize sizeHint() const override { return {760, 640}; }

  public slots:
    void start();
    void cancel();

  signals:
    void made();      ///< the county stands; the desk can be opened
    void abandoned(); ///< the person closed the window without one

  protected:
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

  private:
    [[nodiscard]] QWidget* makeChoicePage();
    [[nodiscard]] QWidget* makeWorkPage();
    [[nodiscard]] QWidget* makeOwnFields();
    QLineEdit* addFile(QWidget* parent, QLabel*& label, QPushButton*& button, bool optional);
    void chooseFile(QLineEdit* field, const QString& title, const QString& filter);
    void retranslate();
    void refresh();
    void tell(const StartProgress& progress);
    void finish(const base::Result<StartMade>& result);
    [[nodiscard]] static QString stageWords(const std::string& stage);

    Theme& m_theme;
    Language& m_language;
    QString m_folder;
    CountyMaker m_maker;
    std::jthread m_worker;
    bool m_working{false};
    bool m_made{false};

    QStackedWidget* m_pages{nullptr};
    QLabel* m_heading{nullptr};
    QLabel* m_where{nullptr};
    StartCard* m_demo{nullptr};
    StartCard* m_own{nullptr};
    QWidget* m_fields{nullptr};
    QLabel* m_extractLabel{nullptr};
    QLabel* m_extractHint{nullptr};
    QLabel* m_nameLabel{nullptr};
    QLabel* m_heightsLabel{nullptr};
    QLabel* m_bordersLabel{nullptr};
    QLineEdit* m_extract{nullptr};
    QLineEdit* m_english{nullptr};
    QLineEdit* m_chinese{nullptr};
    QLineEdit* m_heights{nullptr};
    QLineEdit* m_borders{nullptr};
    QPushButton* m_chooseExtract{nullptr};
    QPushButton* m_chooseHeights{nullptr};
    QPushButton* m_chooseBorders{nullptr};
    QLabel* m_error{nullptr};
    QPushButton* m_another{nullptr};
    QPushButton* m_act{nullptr};
    QPushButton* m_leave{nullptr};
    QPushButton* m_tongue{nullptr};
    QPushButton* m_look{nullptr};
    QLabel* m_workTitle{nullptr};
    QLabel* m_stage{nullptr};
    QProgressBar* m_bar{nullptr};
    QPushButton* m_cancel{nullptr};
    QPushButton* m_open{nullptr};
    StartProgress m_progress;
    QString m_note;
    std::optional<base::Error> m_failed;
};

} // namespace tocsin::gui
