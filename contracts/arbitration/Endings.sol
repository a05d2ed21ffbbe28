// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IArbiterPool} from "../interfaces/IArbiterPool.sol";
import {IEscrow} from "../interfaces/IEscrow.sol";
import {Split} from "../libraries/Split.sol";
import {DealState} from "../types/DealState.sol";
import {Case, Outcome, Parameters, Phase, Round, Seat} from "../types/PoolTypes.sol";
import {Terms} from "../types/Terms.sol";
import {Rewards} from "./Rewards.sol";

/// @notice How a case ends: its outcome carried into the escrow, or nothing because it failed or came too late.
abstract contract Endings is Rewards {
    /// @inheritdoc IArbiterPool
    function execute(Terms calldata terms) external nonReentrant {
        bytes32 id = ESCROW.dealId(terms);
        Phase phase = phaseOf(id);
        if (phase != Phase.None && phase != Phase.Closed && _isOver(id)) return _closeWithout(id);
        if (phase != Phase.Executable) revert WrongPhase(id, phase, Phase.Executable);
        _cases[id].closed = true;
        _cases[id].ruled = true;
        Outcome memory outcome = _finalOutcome(id);
        address[] memory coherent = _coherent(id, outcome);
        // Nothing is sent here: what people get they claim. So the ruling cannot fail because of them.
        uint256 pot = _caseFee(id) + _unseatAll(id, block.timestamp) + _forfeited(id, terms, outcome) + _takeReserve();
        _share(id, coherent, address(0), pot);
        // Not tried but done: if it lacked gas and failed, the case would be lost. What can stop it for good, the deal's end or
        // its deadline, was asked above.
        ESCROW.rule(terms, outcome.buyerBps, outcome.reasonHash, "");
        uint256 fee = _collectFee(terms);
        _share(id, coherent, terms.token, fee);
        emit CaseExecuted(id, outcome.buyerBps, outcome.reasonHash, outcome.round, fee);
    }

    /// @inheritdoc IArbiterPool
    function close(bytes32 id) external nonReentrant {
        Phase phase = phaseOf(id);
        if (phase == Phase.None || phase == Phase.Closed) revert WrongPhase(id, phase, Phase.Failed);
        if (phase != Phase.Failed && !_isOver(id)) revert StillRunning(id, phase);
        _closeWithout(id);
    }

    /// @dev Whether the pool cannot rule any more: the parties settled, or the deadline is past.
    function _isOver(bytes32 id) private view returns (bool) {
        IEscrow.Deal memory deal = ESCROW.dealOf(id);
        return deal.state != DealState.Disputed || block.timestamp > deal.deadline;
    }

    /// @dev Nobody is coherent where nothing was ruled, so what the absent lose is kept for later cases. All is judged as it
    /// stood when the deal ended: who stops working then is not absent, however late the case is closed.
    function _closeWithout(bytes32 id) private {
        IEscrow.Deal memory deal = ESCROW.dealOf(id);
        uint256 end = deal.state == DealState.Disputed ? block.timestamp : deal.deadline;
        bool isFailed = _phaseAt(id, end) == Phase.Failed;
        _cases[id].closed = true;
        _addReserve(_unseatAll(id, end));
        if (_cases[id].rounds == APPEAL) _returnAppealBond(id);
        address[] memory workers = _workers(id, end);
        if (isFailed || workers.length == 0) _returnCaseFee(id);
        else _share(id, workers, address(0), _caseFee(id));
        emit CaseClosed(id, isFailed);
    }

    /// @dev Who committed a vote, of both panels in the order they were drawn, but for the absent.
    function _workers(bytes32 id, uint256 end) private view returns (address[] memory workers) {
        uint8 rounds = _cases[id].rounds;
        workers = new address[](MAX_PANEL + MAX_APPEAL_PANEL);
        uint256 count;
        for (uint8 number = FIRST; number <= rounds; ++number) {
            Round storage round = _rounds[id][number];
            address[] memory panel = round.panel;
            bool isJudged = end > round.revealUntil;
            for (uint256 i = 0; i < panel.length; ++i) {
                Seat storage seat = _seats[id][panel[i]];
                if (isJudged ? seat.revealed : seat.commitment != 0) workers[count++] = panel[i];
            }
        }
        _shorten(workers, count);
    }

    /// @dev Frees all arbiters of the case, and slashes those absent from a panel whose time was over at `end`.
    function _unseatAll(bytes32 id, uint256 end) private returns (uint256 slashed) {
        Case memory c = _cases[id];
        Parameters storage p = _parametersAt(c.version);
        uint256 amount = Split.shareDown(p.bond, p.slashBps);
        for (uint8 number = FIRST; number <= c.rounds; ++number) {
            Round storage round = _rounds[id][number];
            address[] memory panel = round.panel;
            bool isJudged = end > round.revealUntil;
            for (uint256 i = 0; i < panel.length; ++i) {
                address arbiter = panel[i];
                _unseatMember(arbiter);
                if (isJudged && !_seats[id][arbiter].revealed) slashed += _slash(id, arbiter, amount);
            }
        }
    }

    function _slash(bytes32 id, address arbiter, uint256 amount) private returns (uint256 taken) {
        taken = _takeBond(arbiter, amount);
        if (taken != 0) emit Slashed(id, arbiter, taken);
    }

    /// @dev What of the appeal's bond goes to the second panel: all if it judged and did not move the outcome in the
    /// appellant's favour, otherwise nothing.
    function _forfeited(bytes32 id, Terms calldata terms, Outcome memory outcome) private returns (uint256) {
        if (_cases[id].rounds != APPEAL) return 0;
        if (outcome.round == APPEAL) {
            uint256 first = _outcome(id, FIRST).buyerBps;
            (, address buyer) = ESCROW.partiesOf(terms);
            bool byBuyer = _cases[id].appellant == buyer;
            bool moved = byBuyer ? outcome.buyerBps > first : outcome.buyerBps < first;
            if (!moved) return _appealBond(id);
        }
        _returnAppealBond(id);
        return 0;
    }

    /// @dev The arbiters of the deciding panel whose vote is near enough to the outcome, in the order they were drawn. Never
    /// empty: the outcome is one of the votes.
    function _coherent(bytes32 id, Outcome memory outcome) private view returns (address[] memory coherent) {
        address[] memory panel = _rounds[id][outcome.round].panel;
        uint256 tolerance = _parametersAt(_cases[id].version).toleranceBps;
        coherent = new address[](panel.length);
        uint256 count;
        for (uint256 i = 0; i < panel.length; ++i) {
            Seat storage seat = _seats[id][panel[i]];
            if (seat.revealed && _distance(seat.buyerBps, outcome.buyerBps) <= tolerance) coherent[count++] = panel[i];
        }
        _shorten(coherent, count);
    }

    function _shorten(address[] memory list, uint256 count) private pure {
        // Memory-safe: it only makes the array shorter.
        assembly ("memory-safe") {
            mstore(list, count)
        }
    }

    function _distance(uint256 a, uint256 b) private pure returns (uint256) {
        return a < b ? b - a : a - b;
    }
}
