#pragma once

#include "gui/calls/call_drafts.hpp"
#include "gui/calls/call_form.hpp"
#include "gui/calls/likeness_list.hpp"
#include "gui/panels/key_button.hpp"
#include "tocsin/gui/call_dialog.hpp"

#include <QElapsedTimer>
#include <QLabel>
#include <QPointer>
#include <QTimer>

class QScrollArea;
class QVBoxLayout;

namespace tocsin::gui {

/// A call's dialog from within: call_dialog.cpp builds it, call_dialog_work.cpp is what goes on in it.
struct CallDialog::Impl {
    Impl(CallDialog& self, Parts&& given, CallDraft&& begun);

    // ---- building
    void build();
    void buildSide(QVBoxLayout& side);
    void buildFoot(QVBoxLayout& column);
    void addKeys();
    void words();

    // ---- while it goes on
    void changed();
    void tick();
    void look();
    void nameButtons();
    void keep();
    void say(const QString& trouble);
    void ask(bool open);

    // ---- the end
    void record(bool andOpen);
    void done(const model::ReportId& id, bool andOpen);
    void end(const model::ReportId& id, bool andOpen, const QString& how);
    void joinSame(const model::ReportId& id, const SameThing& thing);
    void standsAlone(const model::ReportId& id, const QString& trouble);
    void openIncident(const model::ReportId& id);
    void leave(bool keepDraft);
    [[nodiscard]] QString whence() const;

    CallDialog& q;
    Parts parts;
    CallDraft draft;
    CallForm* form{nullptr};
    QScrollArea* scroll{nullptr};
    LikenessList* same{nullptr};
    QLabel* title{nullptr};
    QLabel* clock{nullptr};
    QLabel* askTitle{nullptr};
    QLabel* questions{nullptr};
    QLabel* sameTitle{nullptr};
    QLabel* state{nullptr};
    QWidget* acts{nullptr};
    KeyButton* recordButton{nullptr};
    KeyButton* openButton{nullptr};
    QWidget* leaving{nullptr};
    QLabel* leavingText{nullptr};
    QPushButton* keepButton{nullptr};
    QPushButton* dropButton{nullptr};
    QPushButton* stayButton{nullptr};
    QTimer pause;
    QTimer looking;
    QTimer seconds;
    QElapsedTimer unsaved;
    QPointer<QWidget> before; ///< where the keyboard was when Escape came
    bool dirty{false};
    bool touched{false}; ///< something was typed since it was opened
    bool busy{false};
    bool over{false}; ///< recorded or thrown away: nothing is kept any more
};

} // namespace tocsin::gui
