// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IArbiterPool} from "../interfaces/IArbiterPool.sol";
import {FrozenList} from "../libraries/FrozenList.sol";
import {Transfers} from "../libraries/Transfers.sol";
import {Member, Parameters} from "../types/PoolTypes.sol";
import {Settings} from "./Settings.sol";

/// @notice Who can be drawn, and the bonds.
/// @dev A case draws from a copy of the roster made at its opening, so it does not matter how this one changes afterwards.
abstract contract Roster is Settings, ReentrancyGuardTransient {
    using SafeCast for uint256;

    uint256 public constant ADMISSION_DELAY = 3 days;
    /// @dev Longer than a case's course: until then every case whose list holds the leaving arbiter has drawn.
    uint256 public constant LEAVE_DELAY = 30 days;
    /// @dev So that a copy, 20 bytes an arbiter, stays cheap enough to make and read in one transaction.
    uint256 public constant MAX_ROSTER = 200;

    mapping(address account => Member) private _members;
    address[] private _listed;
    /// @dev The copy of `_listed` that the next case can use; zero after a change.
    address private _frozen;

    /// @inheritdoc IArbiterPool
    function admit(address account) external onlyRole(ADMISSION_ROLE) {
        Member storage member = _members[account];
        if (member.admittedFrom != 0) revert AlreadyAdmitted(account);
        uint256 from = block.timestamp + ADMISSION_DELAY;
        member.admittedFrom = uint40(from);
        emit Admitted(account, from);
    }

    /// @inheritdoc IArbiterPool
    function suspend(address account) external onlyRole(ADMISSION_ROLE) {
        Member storage member = _members[account];
        if (member.admittedFrom == 0) revert NotAdmitted(account);
        member.admittedFrom = 0;
        _delist(account, member);
        emit Suspended(account);
    }

    /// @inheritdoc IArbiterPool
    function join() external payable nonReentrant {
        Member storage member = _members[msg.sender];
        if (member.admittedFrom == 0) revert NotAdmitted(msg.sender);
        if (block.timestamp < member.admittedFrom) revert AdmissionPending(member.admittedFrom, block.timestamp);
        if (member.place != 0) revert AlreadyListed(msg.sender);
        if (_listed.length == MAX_ROSTER) revert RosterFull(MAX_ROSTER);
        uint256 bond = member.bond + msg.value;
        (, Parameters storage current) = _current();
        if (bond < current.bond) revert BondTooSmall(bond, current.bond);
        member.bond = bond.toUint96();
        member.leavingAt = 0;
        _listed.push(msg.sender);
        member.place = uint16(_listed.length);
        _frozen = address(0);
        emit Listed(msg.sender, bond);
    }

    /// @inheritdoc IArbiterPool
    function resign() external {
        Member storage member = _members[msg.sender];
        if (member.bond == 0) revert NoBond(msg.sender);
        if (member.leavingAt != 0) revert AlreadyLeaving(msg.sender, member.leavingAt);
        uint256 leavingAt = block.timestamp + LEAVE_DELAY;
        member.leavingAt = uint40(leavingAt);
        _delist(msg.sender, member);
        emit Leaving(msg.sender, leavingAt);
    }

    /// @inheritdoc IArbiterPool
    function withdrawBond(address to) external nonReentrant {
        Member storage member = _members[msg.sender];
        uint256 amount = member.bond;
        if (amount == 0) revert NoBond(msg.sender);
        if (member.leavingAt == 0) revert NotLeaving(msg.sender);
        if (block.timestamp < member.leavingAt) revert StillLeaving(member.leavingAt, block.timestamp);
        if (member.running != 0) revert InRunningCase(msg.sender, member.running);
        member.bond = 0;
        member.leavingAt = 0;
        emit BondWithdrawn(msg.sender, to, amount);
        _send(address(0), to, amount);
    }

    /// @inheritdoc IArbiterPool
    function memberOf(address account) external view returns (Member memory) {
        return _members[account];
    }

    /// @inheritdoc IArbiterPool
    function roster() external view returns (address[] memory) {
        return _listed;
    }

    /// @dev The roster as it is now, in a form that cannot change.
    function _freeze() internal returns (address list) {
        list = _frozen;
        if (list != address(0)) return list;
        list = FrozenList.freeze(_listed);
        _frozen = list;
    }

    /// @dev How many could be drawn for a deal between these three.
    function _drawable(address seller, address buyer, address operator) internal view returns (uint256 count) {
        count = _listed.length;
        if (_members[seller].place != 0) --count;
        if (_members[buyer].place != 0) --count;
        if (operator != seller && operator != buyer && _members[operator].place != 0) --count;
    }

    function _seatMember(address account) internal {
        ++_members[account].running;
    }

    function _unseatMember(address account) internal {
        --_members[account].running;
    }

    /// @dev Takes up to `amount` of a bond. One too small afterwards takes its owner out of future draws.
    function _takeBond(address account, uint256 amount) internal returns (uint256 taken) {
        Member storage member = _members[account];
        uint256 bond = member.bond;
        taken = amount < bond ? amount : bond;
        member.bond = uint96(bond - taken);
        (, Parameters storage current) = _current();
        if (bond - taken < current.bond) _delist(account, member);
    }

    /// @dev Sends what its owner asked for; with all the gas there is.
    function _send(address token, address to, uint256 amount) internal {
        if (!Transfers.trySendFreely(token, to, amount)) revert SendFailed(token, to, amount);
    }

    /// @dev The last in the list takes the free place.
    function _delist(address account, Member storage member) private {
        uint256 place = member.place;
        if (place == 0) return;
        member.place = 0;
        address last = _listed[_listed.length - 1];
        _listed.pop();
        if (last != account) {
            _listed[place - 1] = last;
            _members[last].place = uint16(place);
        }
        _frozen = address(0);
        emit Delisted(account);
    }
}
