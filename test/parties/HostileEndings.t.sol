// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {Terms} from "../../contracts/types/Terms.sol";
import {Digests} from "../support/Digests.sol";
import {vm} from "../support/Vm.sol";
import {
    BurningCode,
    DyingCode,
    HEIR,
    LongRefusalCode,
    ReenteringCode,
    RefusingCode,
    ShoutingCode
} from "./Codes.sol";
import {Endings} from "./Endings.sol";

/// @notice Whoever of the five turns hostile in the middle of a deal, in whatever way, at whatever ending: the other four
/// have their money at once, and the hostile one's is owed to it and can be withdrawn.
/// @dev All five are accounts with keys that get code after the opening, which is what a delegation by EIP-7702 does.
contract HostileEndings is Endings {
    /// @dev What an ending and the collecting of its fees may cost with one hostile party among the paid.
    uint256 private constant GAS_CEILING = 600_000;
    address private constant HAVEN = address(0x4A7E4);

    struct Person {
        address account;
        uint256 key;
        uint256 due;
        uint256 had;
    }

    bytes[] private _refusing;
    bytes[] private _taking;

    function setUp() public override {
        super.setUp();
        _refusing.push(address(new RefusingCode()).code);
        _refusing.push(address(new BurningCode()).code);
        _refusing.push(address(new ShoutingCode()).code);
        _refusing.push(address(new LongRefusalCode()).code);
        _taking.push("");
        _taking.push(address(new DyingCode()).code);
        _taking.push(address(new ReenteringCode(address(escrow))).code);
    }

    function test_Release() public harmsNobody {
        _withEveryHostileParty(Ending.Release);
    }

    function test_ReleaseFor() public harmsNobody {
        _withEveryHostileParty(Ending.ReleaseFor);
    }

    function test_ReleasePart() public harmsNobody {
        _withEveryHostileParty(Ending.ReleasePart);
    }

    function test_Refund() public harmsNobody {
        _withEveryHostileParty(Ending.Refund);
    }

    function test_RefundPart() public harmsNobody {
        _withEveryHostileParty(Ending.RefundPart);
    }

    function test_Reclaim() public harmsNobody {
        _withEveryHostileParty(Ending.Reclaim);
    }

    function test_Claim() public harmsNobody {
        _withEveryHostileParty(Ending.Claim);
    }

    function test_Settle() public harmsNobody {
        _withEveryHostileParty(Ending.Settle);
    }

    function test_Rule() public harmsNobody {
        _withEveryHostileParty(Ending.Rule);
    }

    function test_DisputeAndRule() public harmsNobody {
        _withEveryHostileParty(Ending.DisputeAndRule);
    }

    function test_AwardByDefault() public harmsNobody {
        _withEveryHostileParty(Ending.AwardByDefault);
    }

    function test_CancelFunding() public harmsNobody {
        _withEveryHostileParty(Ending.CancelFunding);
    }

    function _withEveryHostileParty(Ending ending) private {
        for (uint256 who = 0; who < 5; ++who) {
            for (uint256 i = 0; i < _refusing.length + _taking.length; ++i) {
                uint256 snapshot = vm.snapshotState();
                bool refuses = i < _refusing.length;
                _play(ending, who, refuses ? _refusing[i] : _taking[i - _refusing.length], refuses);
                vm.revertToState(snapshot);
            }
        }
    }

    function _play(Ending ending, uint256 who, bytes memory code, bool refuses) private {
        uint256 heldBefore = address(escrow).balance;
        Terms memory terms = _ready(ending);
        Person[5] memory people = _people(ending);
        Person memory hostile = people[who];
        bytes memory original = hostile.account.code;
        vm.etch(hostile.account, code);
        uint256 gas = gasleft();
        _end(terms, ending);
        _collect(terms);
        vm.assertLe(gas - gasleft(), GAS_CEILING, "gas that a hostile party can cost");
        for (uint256 i = 0; i < 5; ++i) {
            if (i != who) _assertPaid(people[i]);
        }
        if (refuses) _assertOwed(hostile, original);
        else _assertTaken(hostile);
        vm.assertEq(address(escrow).balance, heldBefore, "escrow holds what it held before");
    }

    function _people(Ending ending) private view returns (Person[5] memory people) {
        Due memory due = _due(ending);
        people[0] = Person(buyer, BUYER_KEY, due.buyer, buyer.balance);
        people[1] = Person(seller, SELLER_KEY, due.seller, seller.balance);
        people[2] = Person(arbiter, ARBITER_KEY, due.arbiter, arbiter.balance);
        people[3] = Person(market, MARKET_KEY, due.operator, market.balance);
        people[4] = Person(stranger, STRANGER_KEY, due.relayer, stranger.balance);
    }

    function _assertPaid(Person memory person) private view {
        vm.assertEq(person.account.balance - person.had, person.due, "paid at once");
        vm.assertEq(escrow.creditOf(ETH, person.account), 0, "nothing left owing");
    }

    /// @dev What came to an account that destroyed itself went on to its heir, with what it had.
    function _assertTaken(Person memory person) private view {
        bool died = person.account.balance == 0 && person.due != 0;
        uint256 has = died ? HEIR.balance : person.account.balance;
        vm.assertEq(has - person.had, person.due, "taken at once");
        vm.assertEq(escrow.creditOf(ETH, person.account), 0, "nothing left owing");
    }

    /// @dev Three ways out: to another address, by a signature somebody else submits, or home once the code is gone.
    function _assertOwed(Person memory person, bytes memory original) private {
        vm.assertEq(person.account.balance, person.had, "nothing came through");
        vm.assertEq(escrow.creditOf(ETH, person.account), person.due, "owed");
        if (person.due == 0) return;
        uint256 snapshot = vm.snapshotState();
        vm.etch(person.account, original);
        vm.prank(person.account);
        escrow.withdraw(ETH, person.account);
        vm.assertEq(person.account.balance - person.had, person.due, "home");
        vm.revertToState(snapshot);
        snapshot = vm.snapshotState();
        _withdrawFor(person);
        vm.assertEq(HAVEN.balance, person.due, "by signature");
        vm.revertToState(snapshot);
        vm.prank(person.account);
        escrow.withdraw(ETH, HAVEN);
        vm.assertEq(HAVEN.balance, person.due, "to another address");
        vm.assertEq(escrow.creditOf(ETH, person.account), 0, "credit left");
    }

    function _withdrawFor(Person memory person) private {
        uint40 expiry = uint40(block.timestamp);
        uint256 nonce = escrow.withdrawalsOf(person.account);
        bytes32 digest = Digests.withdrawal(address(escrow), person.account, ETH, HAVEN, 0, nonce, expiry);
        bytes memory signature = _sign(person.key, digest);
        vm.prank(address(0xBEEF));
        escrow.withdrawFor(person.account, ETH, HAVEN, 0, expiry, signature);
    }
}
