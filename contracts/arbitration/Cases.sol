// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IArbiterPool} from "../interfaces/IArbiterPool.sol";
import {IEscrow} from "../interfaces/IEscrow.sol";
import {BlockHashes} from "../libraries/BlockHashes.sol";
import {FrozenList} from "../libraries/FrozenList.sol";
import {DealState} from "../types/DealState.sol";
import {Case, Parameters, Phase, Round, Seat} from "../types/PoolTypes.sol";
import {Terms} from "../types/Terms.sol";
import {Roster} from "./Roster.sol";

/// @notice How a case is opened, its panels drawn, and an appeal made; and in which phase it is.
abstract contract Cases is Roster {
    uint8 internal constant FIRST = 1;
    uint8 internal constant APPEAL = 2;

    /// @inheritdoc IArbiterPool
    IEscrow public immutable ESCROW;

    /// @inheritdoc IArbiterPool
    /// @dev Longer than proposers are known beforehand (64 slots), so that who opens a case does not know who builds the block.
    uint256 public immutable DRAW_BLOCKS;

    mapping(bytes32 id => Case) internal _cases;
    mapping(bytes32 id => mapping(uint8 round => Round)) internal _rounds;
    mapping(bytes32 id => mapping(address arbiter => Seat)) internal _seats;

    constructor(IEscrow escrow, uint256 drawBlocks) {
        _bound("drawBlocks", drawBlocks, 1, 1_000);
        ESCROW = escrow;
        DRAW_BLOCKS = drawBlocks;
    }

    /// @inheritdoc IArbiterPool
    function openCase(Terms calldata terms) external payable nonReentrant returns (bytes32 id) {
        if (terms.arbiter != address(this)) revert WrongArbiter(terms.arbiter);
        id = ESCROW.dealId(terms);
        if (_cases[id].rounds != 0) revert CaseExists(id);
        IEscrow.Deal memory deal = _requireDisputed(id);
        (uint256 version, Parameters storage p) = _current();
        if (msg.value != p.caseFee) revert WrongCaseFee(msg.value, p.caseFee);
        uint256 left = block.timestamp < deal.deadline ? deal.deadline - block.timestamp : 0;
        uint256 time = _needed(p);
        if (left < time) revert NotEnoughTime(left, time);
        (address seller, address buyer) = ESCROW.partiesOf(terms);
        uint256 drawable = _drawable(seller, buyer, terms.operator);
        uint256 needed = uint256(p.panel) + p.appealPanel;
        if (drawable < needed) revert NotEnoughArbiters(drawable, needed);
        address list = _freeze();
        _cases[id] = Case(list, uint32(version), FIRST, false, false, address(0), msg.sender);
        (uint256 drawBlock, uint256 drawUntil) = _startRound(id, FIRST, p);
        emit CaseOpened(id, msg.sender, version, list, drawBlock, drawUntil);
    }

    /// @inheritdoc IArbiterPool
    function draw(Terms calldata terms) external nonReentrant {
        bytes32 id = ESCROW.dealId(terms);
        _requirePhase(id, Phase.Drawing);
        _requireDisputed(id);
        uint8 number = _cases[id].rounds;
        Round storage round = _rounds[id][number];
        uint256 drawBlock = round.drawBlock;
        if (block.number <= drawBlock) revert TooEarlyToDraw(block.number, drawBlock + 1);
        bytes32 blockHash = BlockHashes.hashOf(drawBlock);
        if (blockHash == 0) revert BlockHashGone(drawBlock);
        Parameters storage p = _parametersAt(_cases[id].version);
        uint256 size = number == FIRST ? p.panel : p.appealPanel;
        address[] memory panel = _lot(id, terms, number, size, keccak256(abi.encode(blockHash, id, number)));
        uint256 commitUntil = block.timestamp + p.commitSeconds;
        round.panel = panel;
        round.commitUntil = uint40(commitUntil);
        round.revealUntil = uint40(commitUntil + p.revealSeconds);
        emit PanelDrawn(id, number, panel, commitUntil, commitUntil + p.revealSeconds);
    }

    /// @inheritdoc IArbiterPool
    function appeal(Terms calldata terms) external payable nonReentrant {
        bytes32 id = ESCROW.dealId(terms);
        _requirePhase(id, Phase.Appealable);
        _requireDisputed(id);
        (address seller, address buyer) = ESCROW.partiesOf(terms);
        if (msg.sender != seller && msg.sender != buyer) revert NotAParty(msg.sender);
        Parameters storage p = _parametersAt(_cases[id].version);
        if (msg.value != p.appealBond) revert WrongAppealBond(msg.value, p.appealBond);
        _cases[id].appellant = msg.sender;
        _cases[id].rounds = APPEAL;
        (uint256 drawBlock, uint256 drawUntil) = _startRound(id, APPEAL, p);
        emit Appealed(id, msg.sender, msg.value, drawBlock, drawUntil);
    }

    /// @inheritdoc IArbiterPool
    function caseOf(bytes32 id) external view returns (Case memory) {
        return _cases[id];
    }

    /// @inheritdoc IArbiterPool
    function roundOf(bytes32 id, uint8 round) external view returns (Round memory) {
        return _rounds[id][round];
    }

    /// @inheritdoc IArbiterPool
    function seatOf(bytes32 id, address arbiter) external view returns (Seat memory) {
        return _seats[id][arbiter];
    }

    /// @inheritdoc IArbiterPool
    function phaseOf(bytes32 id) public view returns (Phase) {
        return _phaseAt(id, block.timestamp);
    }

    /// @dev The phase by the clock at `time`, if nothing was done to the case since then.
    function _phaseAt(bytes32 id, uint256 time) internal view returns (Phase) {
        Case memory c = _cases[id];
        if (c.rounds == 0) return Phase.None;
        if (c.closed) return Phase.Closed;
        Round storage round = _rounds[id][c.rounds];
        bool isAppeal = c.rounds == APPEAL;
        if (round.commitUntil == 0) {
            if (time <= round.drawUntil) return Phase.Drawing;
            // An appeal that comes to nothing leaves the first panel's outcome standing.
            return isAppeal ? Phase.Executable : Phase.Failed;
        }
        if (time <= round.commitUntil) return Phase.Committing;
        if (time <= round.revealUntil) return Phase.Revealing;
        if (isAppeal) return Phase.Executable;
        Parameters storage p = _parametersAt(c.version);
        if (round.revealed < p.quorum) return Phase.Failed;
        return time <= uint256(round.revealUntil) + p.appealSeconds ? Phase.Appealable : Phase.Executable;
    }

    function _requirePhase(bytes32 id, Phase expected) internal view {
        Phase phase = phaseOf(id);
        if (phase != expected) revert WrongPhase(id, phase, expected);
    }

    function _requireDisputed(bytes32 id) internal view returns (IEscrow.Deal memory deal) {
        deal = ESCROW.dealOf(id);
        if (deal.state != DealState.Disputed) revert DealNotDisputed(id, deal.state);
    }

    function _startRound(bytes32 id, uint8 number, Parameters storage p)
        private
        returns (uint256 drawBlock, uint256 drawUntil)
    {
        drawBlock = block.number + DRAW_BLOCKS;
        drawUntil = block.timestamp + p.drawSeconds;
        Round storage round = _rounds[id][number];
        round.drawBlock = uint64(drawBlock);
        round.drawUntil = uint40(drawUntil);
    }

    /// @dev Draws without replacement from the frozen roster, passing over whoever is in conflict or had a seat before. The
    /// opening made sure that enough are left, so the list never runs out.
    function _lot(bytes32 id, Terms calldata terms, uint8 number, uint256 size, bytes32 seed)
        private
        returns (address[] memory panel)
    {
        address[] memory list = FrozenList.read(_cases[id].roster);
        (address seller, address buyer) = ESCROW.partiesOf(terms);
        panel = new address[](size);
        uint256 drawn;
        for (uint256 i = 0; drawn < size; ++i) {
            uint256 j = i + uint256(keccak256(abi.encode(seed, i))) % (list.length - i);
            address arbiter = list[j];
            list[j] = list[i];
            if (arbiter == seller || arbiter == buyer || arbiter == terms.operator) continue;
            Seat storage seat = _seats[id][arbiter];
            if (seat.round != 0) continue;
            seat.round = number;
            _seatMember(arbiter);
            panel[drawn++] = arbiter;
        }
    }
}
