#pragma once

#include "gui/panels/detail_view.hpp"
#include "tocsin/model/report.hpp"

#include <filesystem>
#include <optional>

class QLabel;
class QPushButton;

namespace tocsin::gui {

class FactGrid;
class KeyButton;
class PhotoStrip;
class PlaceHint;
class ReportJudgement;
class TitleBlock;

/// A citizen's report or a call: the words, the photos, the place, how far it is believed, all of a call's record, and what
/// is needed to judge it. Who told it is shown only when asked for, which the desk may refuse and writes down.
class ReportView : public DetailView {
    Q_OBJECT
  public:
    ReportView(const UiContext& ui, QWidget* parent);
    void show(const Selected& what) override;
    void take(const Changes& changes) override;
    void words() override;
    void tick() override;
    void setPhotos(std::filesystem::path folder) { m_photoFolder = std::move(folder); } ///< before anything is shown

  signals:
    void amendWanted(tocsin::model::ReportId call); ///< somebody wants to change what was recorded

  private:
    [[nodiscard]] const model::Report* report() const;
    void facts();
    void callFacts(const model::Report& report);
    void contact();
    void askContact();

    model::ReportId m_report;
    TitleBlock* m_title;
    QLabel* m_text;
    FactGrid* m_facts;
    PlaceHint* m_hint;
    PhotoStrip* m_photos;
    QLabel* m_callTitle;
    FactGrid* m_call;
    KeyButton* m_who;
    QLabel* m_whoText;
    QLabel* m_whoNote;
    ReportJudgement* m_judgement;
    QPushButton* m_amend;
    std::filesystem::path m_photoFolder;
    std::optional<model::Contact> m_contact; ///< as the desk has answered, until another report is shown
    QString m_refused;                       ///< why it has not
    QString m_asker;                         ///< who has asked it
};

} // namespace tocsin::gui
