// SPDX-License-Identifier: MIT
pragma solidity ^0.8.37;

import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {IKlerosAdapter} from "../../../contracts/interfaces/IKlerosAdapter.sol";
import {IArbitrable} from "../../../contracts/interfaces/external/IArbitrable.sol";
import {CourtMock} from "../../../contracts/mocks/CourtMock.sol";
import {HostileCourt} from "../../../contracts/mocks/parties/HostileCourt.sol";
import {ReenteringParty} from "../../../contracts/mocks/parties/Receivers.sol";
import {Terms} from "../../../contracts/types/Terms.sol";
import {vm} from "../../support/Vm.sol";
import {KlerosBase} from "./KlerosBase.sol";

/// @notice The court keeps no rule, or who is paid calls again.
contract KlerosAdapter_Hostile is KlerosBase {
    HostileCourt private hostile;

    function _newCourt() internal override returns (CourtMock) {
        hostile = new HostileCourt();
        vm.deal(address(hostile), 5 ether);
        return hostile;
    }

    /* IT REENTERS */

    function test_NothingThatMovesMoneyIsEnteredTwice() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        Terms memory other = _disputedWith(_terms(ETH));
        bytes[5] memory calls = [
            abi.encodeCall(IKlerosAdapter.requestRuling, (other)),
            abi.encodeCall(IKlerosAdapter.appeal, (0)),
            abi.encodeCall(IKlerosAdapter.execute, (terms)),
            abi.encodeCall(IKlerosAdapter.reimburse, (terms, buyer)),
            abi.encodeCall(IKlerosAdapter.withdraw, (ETH, stranger))
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            uint256 snapshot = vm.snapshotState();
            hostile.arm(address(adapter), calls[i]);
            uint256 disputeID = _request(terms, buyer, COST);
            _assertGuarded(hostile.succeeded(), hostile.answer());
            _appeal(disputeID, buyer, APPEAL_COST);
            _assertGuarded(hostile.succeeded(), hostile.answer());
            vm.revertToState(snapshot);
        }
    }

    function test_WhoIsPaidBackCannotEnterAgain() public {
        ReenteringParty payer = new ReenteringParty(stranger);
        Terms memory terms = _disputedWith(_terms(ETH));
        payer.arm(address(adapter), abi.encodeCall(IKlerosAdapter.withdraw, (ETH, stranger)));
        payer.act{value: 1 ether}(address(adapter), abi.encodeCall(IKlerosAdapter.requestRuling, (terms)));
        _assertGuarded(payer.succeeded(), payer.answer());
        vm.assertEq(address(payer).balance, 1 ether - COST, "paid back");
    }

    function _assertGuarded(bool succeeded, bytes memory answer) private pure {
        bytes memory guard =
            abi.encodeWithSelector(ReentrancyGuardTransient.ReentrancyGuardReentrantCall.selector);
        vm.assertTrue(!succeeded, "entered again");
        vm.assertEq(answer, guard, "why not");
    }

    function test_RulesInTheMiddleOfBeingAsked_IsRefused() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        hostile.arm(address(adapter), abi.encodeCall(IArbitrable.rule, (0, 1)));
        _request(terms, buyer, COST);
        vm.assertEq(
            hostile.answer(), abi.encodeWithSelector(IKlerosAdapter.UnknownDispute.selector, 0), "why not"
        );
        vm.assertTrue(!_case(terms).ruled, "ruled");
    }

    /// @dev A final ruling in the middle of an appeal is the court's to give: it has been paid, and that is all.
    function test_RulesInTheMiddleOfAnAppeal() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        _request(terms, buyer, COST);
        hostile.arm(address(adapter), abi.encodeCall(IArbitrable.rule, (0, 1)));
        _appeal(0, seller, 1 ether);
        vm.assertTrue(_case(terms).ruled, "ruled");
        vm.assertEq(seller.balance, 10 ether - APPEAL_COST, "seller");
    }

    /* IT TALKS NONSENSE */

    function test_RevertWhen_TheCostIsNoNumber() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        hostile.talkGarbage();
        _expect("");
        _request(terms, buyer, COST);
    }

    function test_RevertWhen_TheCostIsAbsurd() public {
        Terms memory rich = _executedThere();
        _collect(rich);
        Terms memory terms = _disputedWith(_terms(ETH));
        hostile.setCosts(type(uint256).max, 0);
        _expect(abi.encodeWithSelector(IKlerosAdapter.CostNotMet.selector, COST, type(uint256).max));
        _request(terms, buyer, COST);
        hostile.setCosts(COST + 0.05 ether, 0);
        _expect(abi.encodeWithSelector(IKlerosAdapter.CostNotMet.selector, COST, COST + 0.05 ether));
        _request(terms, buyer, COST);
    }

    function test_RevertWhen_AnIdComesTwice() public {
        Terms memory first = _disputedWith(_terms(ETH));
        Terms memory second = _disputedWith(_terms(ETH));
        hostile.setNextId(9);
        _request(first, buyer, COST);
        uint256 had = buyer.balance;
        _expect(abi.encodeWithSelector(IKlerosAdapter.DisputeIdReused.selector, 9, _idOf(first)));
        _request(second, buyer, COST);
        vm.assertEq(buyer.balance, had, "buyer kept its money");
        vm.assertEq(_case(second).requester, address(0), "no case");
        vm.assertEq(adapter.dealOf(9), _idOf(first), "still the first's");
    }

    function test_RevertWhen_ItRulesWhatItWasNeverAsked() public {
        _expect(abi.encodeWithSelector(IKlerosAdapter.UnknownDispute.selector, 3));
        hostile.ruleAnything(adapter, 3, 1);
    }

    function test_RevertWhen_ItRulesTwice() public {
        _executedThere();
        _expect(abi.encodeWithSelector(IKlerosAdapter.AlreadyRuled.selector, 0, 3));
        hostile.ruleAnything(adapter, 0, 1);
    }

    /* IT GIVES MONEY BACK */

    function test_ChangeGoesToWhoPaid() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        hostile.setChange(COST / 3);
        _request(terms, seller, COST + 7);
        vm.assertEq(seller.balance, 10 ether - COST + COST / 3, "seller");
        vm.assertEq(adapter.paidBy(_idOf(terms), seller), COST - COST / 3, "paid");
        _appeal(0, stranger, APPEAL_COST);
        vm.assertEq(stranger.balance, 10 ether - APPEAL_COST + COST / 3, "stranger");
        vm.assertEq(_case(terms).paid, COST + APPEAL_COST - 2 * (COST / 3), "paid in all");
    }

    function test_WhenItGivesBackMoreThanItWasPaid() public {
        Terms memory terms = _disputedWith(_terms(ETH));
        hostile.setChange(1 ether);
        _request(terms, seller, COST);
        vm.assertEq(seller.balance, 11 ether - COST, "seller");
        vm.assertEq(_case(terms).paid, 0, "paid");
        vm.assertEq(address(adapter).balance, 0, "adapter kept");
    }

    function test_RevertWhen_TheCourtSendsCoinsOutOfTheBlue() public {
        _executedThere();
        _expect(abi.encodeWithSelector(IKlerosAdapter.UnexpectedCoins.selector, address(hostile), 1));
        hostile.giveTo(payable(address(adapter)), 1);
    }

    function test_RevertWhen_AnybodySendsCoins() public {
        _expect(abi.encodeWithSelector(IKlerosAdapter.UnexpectedCoins.selector, address(this), 1));
        this.sendCoins{value: 1}();
    }

    function sendCoins() external payable {
        (bool taken, bytes memory reason) = address(adapter).call{value: msg.value}("");
        if (taken) return;
        assembly ("memory-safe") {
            revert(add(reason, 0x20), mload(reason))
        }
    }

    /// @dev Dispute 0, ruled half and half and carried out; the next gets id 1.
    function _executedThere() private returns (Terms memory terms) {
        terms = _disputedWith(_terms(ETH));
        _request(terms, buyer, COST);
        hostile.ruleAnything(adapter, 0, 3);
        adapter.execute(terms);
        hostile.setNextId(1);
    }
}
