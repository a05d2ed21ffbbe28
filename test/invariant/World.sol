// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Escrow} from "../../contracts/Escrow.sol";
import {BareToken} from "../../contracts/mocks/tokens/BareToken.sol";
import {BlocklistToken} from "../../contracts/mocks/tokens/Refusals.sol";
import {DealState} from "../../contracts/types/DealState.sol";
import {Offer, Terms} from "../../contracts/types/Terms.sol";
import {Builders} from "../support/Builders.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {Act, Legal} from "./Legal.sol";

/// @notice Two sellers, two buyers, three currencies and the deals between them. It measures every call from outside
/// and writes down what it saw; nothing here is taken from the contract's own books.
contract World is Builders {
    /// @dev What the balances showed that a deal did.
    struct Record {
        DealState state;
        uint256 toBuyer;
        uint256 toSeller;
        uint256 toArbiter;
        uint256 toOperator;
        uint256 paidIn;
    }

    uint256 private constant PEOPLE = 7;

    BlocklistToken public immutable picky;
    address public immutable strangerAddress;

    Terms[] private _deals;
    Record[] private _records;
    uint256 private constant OTHER_SELLER_KEY = 0x5E11E6;
    address private immutable _otherSeller = vm.addr(OTHER_SELLER_KEY);
    address private immutable _otherBuyer = vm.addr(0xB0BE6);
    mapping(Act => uint256) public timesDone;
    /// @dev Bit `to` of entry `from`: that change of state was seen.
    mapping(uint256 from => uint256) public seen;
    string[] private _violations;

    constructor() {
        setUp();
        picky = new BlocklistToken();
        strangerAddress = stranger;
        // The second seller is a wallet with code that does not take the chain's coin.
        vm.etch(sellerOf(1), address(reputation).code);
    }

    /* WHO AND WHAT THERE IS */

    function escrowAddress() external view returns (Escrow) {
        return escrow;
    }

    function dealCount() external view returns (uint256) {
        return _deals.length;
    }

    /// @notice The deals that have not ended, so far as was recorded; `some` of the ended ones come last.
    function unended(uint256 some) external view returns (uint256[] memory which) {
        uint256 count = _deals.length;
        which = new uint256[](count + some);
        uint256 found;
        for (uint256 i = 0; i < count; ++i) {
            if (!Legal.isFinal(_records[i].state)) which[found++] = i;
        }
        for (uint256 k = 0; k < some && count != 0; ++k) {
            which[found++] = uint256(keccak256(abi.encode(block.timestamp, k))) % count;
        }
        assembly ("memory-safe") {
            mstore(which, found)
        }
    }

    function termsOf(uint256 i) public view returns (Terms memory) {
        return _deals[i];
    }

    function recordOf(uint256 i) public view returns (Record memory) {
        return _records[i];
    }

    function stateOf(uint256 i) public view returns (DealState) {
        return _stateOf(_deals[i]);
    }

    function deadlineOf(uint256 i) public view returns (uint256) {
        return _deadlineOf(_deals[i]);
    }

    function remainingOf(uint256 i) public view returns (uint256) {
        Record memory r = _records[i];
        return r.paidIn - r.toBuyer - r.toSeller - r.toArbiter - r.toOperator;
    }

    function violations() external view returns (string[] memory) {
        return _violations;
    }

    function tokenAt(uint256 which) public view returns (address) {
        return which % 3 == 0 ? ETH : which % 3 == 1 ? address(usd) : address(picky);
    }

    function sellerOf(uint256 which) public view returns (address) {
        return which % 2 == 0 ? seller : _otherSeller;
    }

    function buyerOf(uint256 which) public view returns (address) {
        return which % 2 == 0 ? buyer : _otherBuyer;
    }

    function people() public view returns (address[PEOPLE] memory) {
        return [sellerOf(0), sellerOf(1), buyerOf(0), buyerOf(1), arbiter, operator, stranger];
    }

    /// @notice What an account has and is owed.
    function worth(address token, address account) public view returns (uint256) {
        return _balance(token, account) + escrow.creditOf(token, account);
    }

    function holdings(address token) external view returns (uint256) {
        return _balance(token, address(escrow));
    }

    /* WHAT HANDLERS DO */

    /// @notice A deal in which `act` is legal now, or after waiting where it must be late; makes one if there is none.
    function pick(Act act, uint256 seed) external returns (uint256 i) {
        uint256 count = _deals.length;
        for (uint256 k = 0; k < count; ++k) {
            i = (seed % count + k) % count;
            if (Legal.allows(act, _records[i].state, deadlineOf(i), remainingOf(i))) return _waitFor(act, i);
        }
        return _waitFor(act, make(Legal.startOf(act), seed));
    }

    function make(DealState state, uint256 seed) public returns (uint256 i) {
        i = open(seed);
        if (state == DealState.Funded) return i;
        perform(Act.Ship, i, _deals[i].seller, abi.encodeCall(Escrow.ship, (_deals[i], TRACKING)));
        if (state == DealState.Shipped) return i;
        perform(Act.DeliverByBuyer, i, buyerOfDeal(i), abi.encodeCall(Escrow.deliver, (_deals[i])));
        if (state == DealState.Delivered) return i;
        perform(Act.DisputeByBuyer, i, buyerOfDeal(i), abi.encodeCall(Escrow.dispute, (_deals[i], STATEMENT)));
    }

    function open(uint256 seed) public returns (uint256 i) {
        i = _deals.length;
        Terms memory terms = _drawTerms(seed, i);
        _deals.push(terms);
        _records.push();
        Offer memory offer = Offer(terms, uint40(block.timestamp), escrow.counterOf(terms.seller), 0, 1);
        bytes memory signature = _sign(_keyOfSeller(terms.seller), Digests.offer(address(escrow), offer));
        address by = buyerOfDeal(i);
        if (terms.token == ETH) {
            vm.deal(by, by.balance + terms.price);
        } else {
            // Who cannot pay opens nothing: a buyer whom the token blocks is let pay for this one.
            if (terms.token == address(picky)) picky.setBlocked(by, false);
            BareToken(terms.token).mint(by, terms.price);
            vm.prank(by);
            BareToken(terms.token).approve(address(escrow), terms.price);
        }
        perform(Act.Open, i, by, abi.encodeCall(Escrow.open, (offer, 0, signature)));
    }

    /// @notice Calls the escrow as `by`, who is allowed to, and records what moved.
    function perform(Act act, uint256 i, address by, bytes memory data) public {
        Terms memory terms = _deals[i];
        DealState from = _stateOf(terms);
        uint256[PEOPLE] memory before = _worths(terms.token);
        vm.prank(by);
        (bool done,) = address(escrow).call{value: act == Act.Open && terms.token == ETH ? terms.price : 0}(data);
        if (!done) _violations.push(string.concat("a legal call was refused: ", Legal.nameOf(act)));
        DealState to = _stateOf(terms);
        if (from != to) seen[uint256(from)] |= 1 << uint256(to);
        _records[i].state = to;
        _measure(act, i, before);
        ++timesDone[act];
    }

    /// @notice Notes something done that is not about one deal.
    function note(Act act, bool asExpected) external {
        if (!asExpected) _violations.push(string.concat("not as expected: ", Legal.nameOf(act)));
        ++timesDone[act];
    }

    function signAsSeller(uint256 i, bytes32 digest) external view returns (bytes memory) {
        return _sign(_keyOfSeller(_deals[i].seller), digest);
    }

    function signAsArbiter(bytes32 digest) external pure returns (bytes memory) {
        return _sign(ARBITER_KEY, digest);
    }

    function arbiterAddress() external view returns (address) {
        return arbiter;
    }

    function buyerOfDeal(uint256 i) public view returns (address) {
        return buyerOf(_deals[i].salt / 3);
    }

    function idOf(uint256 i) external view returns (bytes32) {
        return _idOf(_deals[i]);
    }

    /* INTERNAL */

    function _waitFor(Act act, uint256 i) private returns (uint256) {
        uint256 deadline = deadlineOf(i);
        if (Legal.onlyLate(act) && block.timestamp <= deadline) vm.warp(deadline + 1);
        return i;
    }

    function _drawTerms(uint256 seed, uint256 i) private view returns (Terms memory terms) {
        terms = _terms(tokenAt(i));
        terms.seller = sellerOf(seed);
        if (seed % 5 == 0) terms.buyer = buyerOf(i / 3);
        terms.salt = i;
        terms.price = 2 + (seed >> 8) % (seed % 2 == 0 ? 1_000 : 1e24);
        terms.rules = terms.rules.withOperatorFee(uint16((seed >> 16) % 10_001));
        terms.rules = terms.rules.withArbiterFee(uint16((seed >> 32) % 10_001));
        terms.rules = terms.rules.withSilentAward(uint16((seed >> 48) % 10_001));
        terms.rules = terms.rules.withShip(1 + uint32((seed >> 64) % 20 days));
        terms.rules = terms.rules.withInspection(1 + uint32((seed >> 96) % 20 days));
        terms.rules = terms.rules.withRuling(1 + uint32((seed >> 128) % 20 days));
    }

    function _keyOfSeller(address account) private view returns (uint256) {
        return account == seller ? SELLER_KEY : OTHER_SELLER_KEY;
    }

    function _worths(address token) private view returns (uint256[PEOPLE] memory all) {
        address[PEOPLE] memory them = people();
        for (uint256 k = 0; k < PEOPLE; ++k) {
            all[k] = worth(token, them[k]);
        }
    }

    /// @dev Books each gain to the deal's own people, and complains of anything else.
    function _measure(Act act, uint256 i, uint256[PEOPLE] memory before) private {
        Terms memory terms = _deals[i];
        Record storage record = _records[i];
        uint256[PEOPLE] memory now_ = _worths(terms.token);
        address[PEOPLE] memory them = people();
        address by = buyerOfDeal(i);
        for (uint256 k = 0; k < PEOPLE; ++k) {
            if (now_[k] == before[k]) continue;
            if (now_[k] < before[k]) {
                if (act == Act.Open && them[k] == by) record.paidIn = before[k] - now_[k];
                else _violations.push(string.concat("somebody lost money: ", Legal.nameOf(act)));
                continue;
            }
            uint256 gain = now_[k] - before[k];
            if (them[k] == by) record.toBuyer += gain;
            else if (them[k] == terms.seller) record.toSeller += gain;
            else if (them[k] == terms.arbiter) record.toArbiter += gain;
            else if (them[k] == terms.operator) record.toOperator += gain;
            else _violations.push(string.concat("an outsider gained: ", Legal.nameOf(act)));
        }
    }
}
